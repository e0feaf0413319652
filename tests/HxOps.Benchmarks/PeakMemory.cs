using System.Diagnostics;
using System.Globalization;

namespace HxOps.Benchmarks;

/// <summary>The most memory that hxops has at once while it takes a checkpoint of the ground and while it verifies one.</summary>
internal sealed class PeakMemory(BenchmarkGround ground)
{
    private const int MostMegabytes = 100;

    private static string Program => Path.Combine(AppContext.BaseDirectory, "HxOps.Cli.dll");

    private string DeploymentFile => Path.Combine(ground.Folder, "benchmark.yaml");

    /// <summary>Runs hxops in a process of its own each time: what other measurements leave in this one must not count.</summary>
    internal bool Measure(int rounds)
    {
        BenchmarkGround.Describe(DeploymentFile);
        var (creating, verifying) = (new List<long>(), new List<long>());
        for (var round = 0; round < rounds; round++)
        {
            creating.Add(PeakOf("checkpoint", "new"));
            verifying.Add(PeakOf("checkpoint", "test"));
        }

        var holds = creating.Concat(verifying).Max() < MostMegabytes * 1_000_000L;
        Console.WriteLine($"memory   {InMegabytes(creating)} MB taking a checkpoint, {InMegabytes(verifying)} MB verifying one (each under {MostMegabytes}: {(holds ? "holds" : "MISSED")})");
        return holds;
    }

    private long PeakOf(params string[] verb)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", [Program, "--deployment", DeploymentFile, "--root", ground.Root.Folder, .. verb]) { RedirectStandardOutput = true })!;
        var output = process.StandardOutput.ReadToEndAsync();
        var peak = 0L;
        while (!process.WaitForExit(TimeSpan.FromMilliseconds(5)))
            peak = Math.Max(peak, HighWaterMark(process.Id));

        return process.ExitCode == 0 ? peak : throw new InvalidOperationException($"hxops ended with {process.ExitCode}: {output.Result}");
    }

    // The kernel's own mark, so that nothing between two looks is missed.
    private static long HighWaterMark(int process)
    {
        try
        {
            var line = File.ReadLines($"/proc/{process}/status").FirstOrDefault(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
            return line is null ? 0 : long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024;
        }
        catch (IOException)
        {
            return 0; // It has just ended.
        }
    }

    private static string InMegabytes(List<long> peaks) =>
        string.Create(CultureInfo.InvariantCulture, $"{peaks.Min() / 1e6:0} to {peaks.Max() / 1e6:0}");
}
