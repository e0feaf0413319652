using System.Globalization;

namespace HxOps.Benchmarks;

/// <summary>What is measured, and on how much.</summary>
/// <param name="Names">The measurements to run; empty means all.</param>
/// <param name="Files">Files of the generated deployment.</param>
/// <param name="Megabytes">Their size in all.</param>
/// <param name="Rounds">How often each pair runs, in turn; the medians count.</param>
/// <param name="Folder">Where everything lies meanwhile; null for the place for temporary files.</param>
internal sealed record BenchmarkOptions(IReadOnlySet<string> Names, int Files, int Megabytes, int Rounds, string? Folder)
{
    internal static BenchmarkOptions Parse(string[] arguments)
    {
        var options = new BenchmarkOptions(new HashSet<string>(), 10_000, 200, 5, null);
        for (var position = 0; position < arguments.Length; position++)
        {
            string value() => arguments[++position];
            int number() => int.Parse(value(), CultureInfo.InvariantCulture);
            options = arguments[position] switch
            {
                "--files" => options with { Files = number() },
                "--megabytes" => options with { Megabytes = number() },
                "--rounds" => options with { Rounds = number() },
                "--folder" => options with { Folder = value() },
                var name => options with { Names = options.Names.Append(name).ToHashSet() },
            };
        }

        return options;
    }

    internal static int Explain()
    {
        Console.WriteLine(
            """
            Measures HxOps against what an operator would use instead. Each pair runs in turn (A B A B), medians are compared,
            and only ratios within one run mean anything. Work of HxOps is timed in this process, without its start; its memory is that of hxops.

              dotnet run -c Release --project tests/HxOps.Benchmarks -- [NAME...] [--files N] [--megabytes N] [--rounds N] [--folder DIR]

              create   against the kit's way: staging copy, sha256sum, tar czf         at most 0.15
              pigz     create against tar | pigz                                       at most 0.65
              verify   against tar xzf and sha256sum -c                                at most 0.15
              drill    verify, extract, hash again, against tar xzf and sha256sum -c   at most 0.60
              durable  a whole restore against tar xzf, sha256sum -c and sync          at most 1.00
              list     500 checkpoints against restic snapshots --json                 at most 0.15
              memory   peak of the hxops process, creating and verifying               under 100 MB

            Without names all of them run. A comparison whose program is not installed is left out.
            """);
        return 0;
    }
}
