using System.Diagnostics;

namespace HxOps.Module.Tests;

/// <summary>The pwsh on the PATH that the module is made for, or why there is none.</summary>
internal static class Pwsh
{
    private static readonly Version s_least = new(7, 6);
    private static readonly Lazy<string?> s_absence = new(FindAbsence);

    /// <summary>Why the Pester suites cannot run here; null when they can.</summary>
    public static string? Absence => s_absence.Value;

    /// <summary>Whether their absence is a failure: <c>HXOPS_REQUIRE_PWSH=1</c>.</summary>
    public static bool IsRequired => Environment.GetEnvironmentVariable("HXOPS_REQUIRE_PWSH") == "1";

    /// <summary>Runs a script with the given arguments, and kills it with all it started when it takes too long.</summary>
    public static async Task<(int ExitCode, string Output)> RunAsync(string script, IReadOnlyList<string> arguments, TimeSpan deadline)
    {
        var start = new ProcessStartInfo("pwsh") { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        foreach (var argument in (string[])["-NoProfile", "-NonInteractive", "-File", script, .. arguments])
            start.ArgumentList.Add(argument);
        start.Environment["NO_COLOR"] = "1";
        start.Environment["POWERSHELL_TELEMETRY_OPTOUT"] = "1";
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        using var limit = new CancellationTokenSource(deadline);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            return (-1, $"{await output}{await errors}\nkilled after {deadline}");
        }

        return (process.ExitCode, await output + await errors);
    }

    private static string? FindAbsence()
    {
        try
        {
            var script = Path.Combine(AppContext.BaseDirectory, "Find-Pester.ps1");
            var (_, output) = RunAsync(script, [], TimeSpan.FromMinutes(1)).GetAwaiter().GetResult();
            var words = output.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            if (words.Length < 1 || !Version.TryParse(words[0], out var version) || version < s_least)
                return "pwsh 7.6 is not on the PATH";

            return words.Length < 2 ? "Pester 5 is not installed in pwsh" : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return "pwsh 7.6 is not on the PATH";
        }
    }
}
