using System.Globalization;

namespace HxOps.Benchmarks;

/// <summary>The most memory that this process ever had at once.</summary>
internal static class PeakMemory
{
    private const int MostMegabytes = 100;

    internal static bool Report()
    {
        var line = File.ReadLines("/proc/self/status").First(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
        var megabytes = int.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;
        Console.WriteLine($"memory   {megabytes} MB at the peak (under {MostMegabytes}: {(megabytes < MostMegabytes ? "holds" : "MISSED")})");
        return megabytes < MostMegabytes;
    }
}
