using System.Diagnostics;

namespace HxOps.Benchmarks;

/// <summary>Runs what an operator would type.</summary>
internal static class Shell
{
    internal static bool Has(string program) => Run("/", $"command -v {program} > /dev/null", mustSucceed: false);

    internal static Task RunAsync(string folder, string script) => Task.FromResult(Run(folder, script, mustSucceed: true));

    private static bool Run(string folder, string script, bool mustSucceed)
    {
        using var process = Process.Start(new ProcessStartInfo("bash", ["-euo", "pipefail", "-c", script]) { WorkingDirectory = folder })!;
        process.WaitForExit();
        return process.ExitCode == 0 || (mustSucceed ? throw new InvalidOperationException($"exit code {process.ExitCode} of: {script}") : false);
    }
}
