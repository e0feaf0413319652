using System.Diagnostics;

namespace HxOps.TestKit;

/// <summary>Runs the steps of a document in a real shell.</summary>
public static class Bash
{
    /// <summary>Runs a script that must succeed; gives its output.</summary>
    public static string Run(string folder, string script)
    {
        var (exitCode, output, error) = Try(folder, script);
        return exitCode == 0 ? output : throw new InvalidOperationException($"exit code {exitCode} of: {script}\n{output}{error}");
    }

    /// <summary>Runs a script; gives its exit code and outputs.</summary>
    public static (int ExitCode, string Output, string Error) Try(string folder, string script)
    {
        var start = new ProcessStartInfo("bash", ["-euo", "pipefail", "-c", script])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["LC_ALL"] = "C.UTF-8";
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.Result);
    }
}
