using System.Globalization;

namespace HxOps.Benchmarks;

/// <summary>The most memory that this process ever had at once.</summary>
internal static class PeakMemory
{
    private const int MostMegabytes = 100;

    /// <summary>Takes and verifies checkpoints, so that the peak is theirs also when nothing else was chosen.</summary>
    internal static async Task<bool> MeasureAsync(CheckpointPairs checkpoints, int rounds)
    {
        var before = Peak();
        for (var round = 0; round < rounds; round++)
        {
            await checkpoints.CreateAsync();
            await checkpoints.VerifyAsync();
        }

        var peak = Peak();
        Console.WriteLine($"memory   {peak} MB at the peak, {before} MB before (under {MostMegabytes}: {(peak < MostMegabytes ? "holds" : "MISSED")}); "
            + $"{GC.GetGCMemoryInfo().TotalCommittedBytes >> 20} MB of heap, {GC.GetTotalAllocatedBytes() >> 20} MB allocated in all, "
            + $"collections {GC.CollectionCount(0)}/{GC.CollectionCount(1)}/{GC.CollectionCount(2)}");
        return peak < MostMegabytes;
    }

    private static int Peak()
    {
        var line = File.ReadLines("/proc/self/status").First(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
        return int.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;
    }
}
