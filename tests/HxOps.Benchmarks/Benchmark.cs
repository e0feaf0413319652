using System.Globalization;

namespace HxOps.Benchmarks;

/// <summary>Runs the chosen measurements and prints their ratios.</summary>
internal static class Benchmark
{
    /// <summary>Zero when every target holds.</summary>
    internal static async Task<int> RunAsync(BenchmarkOptions options)
    {
        using var ground = new BenchmarkGround(options);
        var pairs = new CheckpointPairs(ground).All().Concat(new RestorePairs(ground).All()).Where(pair => options.Names.Count == 0 || options.Names.Contains(pair.Name)).ToList();
        var missed = 0;
        Console.WriteLine($"{options.Files} files, {options.Megabytes} MB, {options.Rounds} rounds");
        foreach (var pair in pairs)
        {
            if (pair.Needs is { } program && !Shell.Has(program))
            {
                Console.WriteLine($"{pair.Name,-8} left out: {program} is not installed");
                continue;
            }

            missed += await MeasureAsync(pair, options.Rounds) ? 0 : 1;
        }

        if (options.Names.Count == 0 || options.Names.Contains("memory"))
            missed += new PeakMemory(ground).Measure(options.Rounds) ? 0 : 1;
        return missed == 0 ? 0 : 1;
    }

    private static async Task<bool> MeasureAsync(Pair pair, int rounds)
    {
        var (ours, theirs) = (new List<double>(), new List<double>());
        await pair.Prepare();
        for (var round = -1; round < rounds; round++)
        {
            var (our, their) = (await TimeAsync(pair.Ours), await TimeAsync(pair.Theirs));
            if (round < 0)
                continue; // The first round warms caches and the just-in-time compiler.

            ours.Add(our);
            theirs.Add(their);
        }

        var ratio = Median(ours) / Median(theirs);
        var holds = ratio <= pair.Target;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{pair.Name,-8} {ratio:0.000} of {pair.Against} (at most {pair.Target:0.00}: {(holds ? "holds" : "MISSED")}); {Median(ours) * 1000:0} ms against {Median(theirs) * 1000:0} ms"));
        return holds;
    }

    private static async Task<double> TimeAsync(Func<Task> work)
    {
        var begun = System.Diagnostics.Stopwatch.GetTimestamp();
        await work();
        return System.Diagnostics.Stopwatch.GetElapsedTime(begun).TotalSeconds;
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}

/// <summary>Two ways to the same end.</summary>
/// <param name="Name">By which it is chosen.</param>
/// <param name="Against">What ours is compared with.</param>
/// <param name="Target">The largest ratio that is good enough.</param>
internal sealed record Pair(string Name, string Against, double Target)
{
    /// <summary>A program without which there is nothing to compare with.</summary>
    internal string? Needs { get; init; }

    /// <summary>What must be there first; not timed.</summary>
    internal Func<Task> Prepare { get; init; } = () => Task.CompletedTask;

    /// <summary>Our way.</summary>
    internal required Func<Task> Ours { get; init; }

    /// <summary>The other.</summary>
    internal required Func<Task> Theirs { get; init; }
}
