using System.Collections.Immutable;
using System.Globalization;
using HxOps.Services.EntryPoints.Rehearsing;

namespace HxOps.Pipeline;

/// <summary>The stand-in of rehearsals, run by the PowerShell that this module runs in: no other program need be installed.</summary>
internal static class StandInProcess
{
    /// <summary>The command of a stand-in.</summary>
    public static ImmutableArray<string> CommandOf(int port, IEnumerable<string> answers)
    {
        var assembly = typeof(StandInServer).Assembly.Location;
        var list = string.Join(", ", answers.Append("/=200").Select(Quote));
        var script = string.Create(CultureInfo.InvariantCulture,
            $"Add-Type -Path {Quote(assembly)}; [{typeof(StandInServer).FullName}]::Serve({port}, @({list}))");
        return [Environment.ProcessPath!, "-NoProfile", "-NonInteractive", "-Command", script];
    }

    private static string Quote(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}
