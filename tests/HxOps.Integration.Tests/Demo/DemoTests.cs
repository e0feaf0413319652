using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using HxOps.Integration.Tests.Cli;
using HxOps.TestKit;
using Xunit;

namespace HxOps.Integration.Tests.Demo;

/// <summary>The demo as a user runs it: the real program, real services, and nothing left at the end.</summary>
[Collection(DemoGroup.Name)]
public sealed class DemoTests : IDisposable
{
    private const string Nobody = "65534";
    private readonly ScratchFolder _scratch = new();

    private Dictionary<string, string?> Environment => new()
    {
        ["TMPDIR"] = _scratch.Path,
        // What an operator may have set for the real gateway must not reach the practice one.
        ["MASTER_KEY"] = "sk-somebody-elses",
        ["HX_UPSTREAM_URL"] = "http://127.0.0.1:1",
    };

    [Fact]
    [Trait("Behaviour", "C-52")]
    public async Task The_demo_checkpoints_breaks_restores_undoes_and_redoes_and_leaves_nothing()
    {
        var run = await HxopsProcess.RunAsync(Environment, "demo");

        Assert.True(run.ExitCode == 0, run.All);
        AssertInOrder(run.Output,
            "Start the gateway: 5 services", "HEALTHY, 15 of 15", "Take a checkpoint: gw-checkpoint-", "config.yaml", "Break configuration",
            "UNHEALTHY", "models: 15 models, not 16", "embeddings: HTTP 400", "wrapper-health: connection refused", "Restore the checkpoint: 3 paths changed",
            "HEALTHY, 15 of 15", "Undo the restore: 3 paths changed", "UNHEALTHY", "Redo the restore: 3 paths changed", "HEALTHY, 15 of 15", "Timeline");
        Assert.All(run.Output.Split('\n'), line => Assert.True(line.Length <= 80, line));
        AssertNothingLeft();
    }

    [Fact]
    public async Task Under_json_the_demo_prints_one_document_with_its_steps_and_times()
    {
        var run = await HxopsProcess.RunAsync(Environment, "demo", "--json");

        Assert.True(run.ExitCode == 0, run.All);
        using var document = JsonDocument.Parse(run.Output);
        Assert.True(document.RootElement.GetProperty("passed").GetBoolean());
        var steps = document.RootElement.GetProperty("steps").EnumerateArray().ToList();
        Assert.Equal("Start the gateway", steps[0].GetProperty("id").GetString());
        Assert.Equal("Clean up", steps[^1].GetProperty("id").GetString());
        Assert.Equal(steps.Select(step => step.GetProperty("start").GetDouble()).Order(), steps.Select(step => step.GetProperty("start").GetDouble()));
        AssertNothingLeft();
    }

    [SkippableFact]
    public async Task The_demo_needs_no_root()
    {
        Skip.IfNot(System.Environment.IsPrivilegedProcess, "needs root to run it as another user; as an ordinary user the other tests show it");
        Skip.IfNot(await IsReachableForNobodyAsync(), "needs a dotnet and a build that every user may read");
        File.SetUnixFileMode(_scratch.Path, (UnixFileMode)0x1FF);

        using var process = StartAsNobody("dotnet", HxopsProcess.Program, "demo");
        var run = await HxopsProcess.EndAsync(process);

        Assert.True(run.ExitCode == 0, run.All);
        AssertNothingLeft();
    }

    [Fact]
    public async Task A_stopped_demo_cleans_up_and_ends_with_130()
    {
        using var process = HxopsProcess.Start(Environment, "demo");
        process.StandardInput.Close();
        while (await process.StandardOutput.ReadLineAsync() is { } line && !line.Contains("HEALTHY", StringComparison.Ordinal))
        {
        }

        using (var kill = Process.Start("kill", ["-INT", process.Id.ToString(CultureInfo.InvariantCulture)]))
            await kill.WaitForExitAsync();
        var run = await HxopsProcess.EndAsync(process);

        Assert.True(run.ExitCode == 130, run.All);
        AssertNothingLeft();
    }

    [Fact]
    public async Task A_practice_gateway_runs_until_it_is_ended()
    {
        var folder = _scratch["practice"];
        var made = await HxopsProcess.RunAsync(Environment, "demo", "new", folder);
        Assert.True(made.ExitCode == 0, made.All);
        Assert.Equal(5, LeftBehind.Processes(folder).Count);
        Assert.Equal("640", Convert.ToString((int)File.GetUnixFileMode(folder + "/etc/hx-gateway-ml.env"), 8));

        var test = await HxopsProcess.RunAsync(Environment, "--root", folder, "gateway", "test", "--wait", "30");
        Assert.True(test.ExitCode == 0, test.All);

        var set = await HxopsProcess.RunAsync(Environment, "--root", folder, "entrypoint", "set", "live", "--yes", "--json");
        Assert.True(set.ExitCode == 0, set.All);
        Assert.Equal("AlreadyThere", JsonDocument.Parse(set.Output).RootElement.GetProperty("outcome").GetString());

        var again = await HxopsProcess.RunAsync(Environment, "demo", "new", folder);
        Assert.Equal(5, again.ExitCode);
        Assert.Contains("PracticeFolderInUse", again.Error, StringComparison.Ordinal);

        var ended = await HxopsProcess.RunAsync(Environment, "demo", "end", folder);
        Assert.True(ended.ExitCode == 0, ended.All);
        AssertNothingLeft();
    }

    [Fact]
    public async Task Only_a_practice_deployment_is_ever_removed()
    {
        var folder = Directory.CreateDirectory(_scratch["mine"]).FullName;
        await File.WriteAllTextAsync(folder + "/thesis.txt", "ten years of work");

        var run = await HxopsProcess.RunAsync(Environment, "demo", "end", folder);

        Assert.Equal(5, run.ExitCode);
        Assert.Contains("NotAPracticeDeployment", run.Error, StringComparison.Ordinal);
        Assert.Equal("ten years of work", await File.ReadAllTextAsync(folder + "/thesis.txt"));
    }

    public void Dispose() => _scratch.Dispose();

    private static void AssertInOrder(string text, params string[] parts)
    {
        var at = 0;
        foreach (var part in parts)
        {
            at = text.IndexOf(part, at, StringComparison.Ordinal);
            Assert.True(at >= 0, $"'{part}' is not where it should be in:\n{text}");
            at += part.Length;
        }
    }

    private void AssertNothingLeft()
    {
        Assert.Empty(Directory.EnumerateFileSystemEntries(_scratch.Path));
        Assert.Empty(LeftBehind.Processes(_scratch.Path));
    }

    private async Task<bool> IsReachableForNobodyAsync()
    {
        try
        {
            using var process = StartAsNobody("sh", "-c", "command -v dotnet >/dev/null && test -x \"$(readlink -f \"$(command -v dotnet)\")\" && test -r \"$0\"", HxopsProcess.Program);
            return (await HxopsProcess.EndAsync(process)).ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false; // No setpriv here.
        }
    }

    private Process StartAsNobody(params string[] command)
    {
        var start = new ProcessStartInfo("setpriv", ["--reuid", Nobody, "--regid", Nobody, "--clear-groups", "--", .. command])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in Environment)
            start.Environment[name] = value;
        return Process.Start(start)!;
    }
}
