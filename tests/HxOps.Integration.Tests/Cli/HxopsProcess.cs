using System.Diagnostics;
using System.Text;

namespace HxOps.Integration.Tests.Cli;

/// <summary>Runs the real program as a script would: standard input closed, both outputs captured.</summary>
internal static class HxopsProcess
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    /// <summary>The program as dotnet runs it.</summary>
    public static string Program { get; } = Path.Combine(AppContext.BaseDirectory, "HxOps.Cli.dll");

    public static async Task<HxopsRun> RunAsync(params string[] arguments) => await RunAsync(new Dictionary<string, string?>(), arguments);

    public static async Task<HxopsRun> RunAsync(IReadOnlyDictionary<string, string?> environment, params string[] arguments)
    {
        using var process = Start(environment, arguments);
        process.StandardInput.Close();
        return await EndAsync(process);
    }

    public static Process Start(IReadOnlyDictionary<string, string?> environment, params string[] arguments)
    {
        // env gives SIGINT back its default: in the background of a shell a test run ignores it, and so would what it starts.
        var start = new ProcessStartInfo("env")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
            ArgumentList = { "--default-signal=INT", "dotnet", Program },
        };
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        start.Environment.Remove("HXOPS_DEPLOYMENT");
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        return Process.Start(start)!;
    }

    public static async Task<HxopsRun> EndAsync(Process process)
    {
        using var limit = new CancellationTokenSource(Limit);
        var output = process.StandardOutput.ReadToEndAsync(limit.Token);
        var error = process.StandardError.ReadToEndAsync(limit.Token);
        try
        {
            await process.WaitForExitAsync(limit.Token);
            return new HxopsRun(process.ExitCode, await output, await error);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"hxops did not end within {Limit}.");
        }
    }
}

/// <summary>What one run came to.</summary>
internal sealed record HxopsRun(int ExitCode, string Output, string Error)
{
    public string All => Output + Error;
}
