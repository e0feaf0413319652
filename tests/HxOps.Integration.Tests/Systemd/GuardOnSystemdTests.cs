using System.Text.Json;
using HxOps.Integration.Tests.Cli;
using HxOps.Integration.Tests.Docs;
using HxOps.TestKit;
using HxOps.Tools;
using HxOps.Tools.Processes;
using Xunit;

namespace HxOps.Integration.Tests.Systemd;

/// <summary>Guarded restores on a machine with a real systemd: a timer wakes the guard.</summary>
[Collection(SystemdGroup.Name)]
public sealed class GuardOnSystemdTests(SystemdMachine machine)
{
    private const string Unit = "hx-guarded.service";
    private const string Boot = "hx-restore-guard.service";
    private const string Deployment = "/etc/hxops/guarded.yaml";
    private const string Config = "/srv/guarded/config.yaml";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    [SkippableFact]
    public async Task The_timer_fires_and_the_unit_runs_as_before()
    {
        await LayAsync();

        var restored = await HxopsAsync("checkpoint", "restore", "--confirm-within", "10s", "--yes", "--no-gate");

        Assert.True(restored.Succeeded, restored.Output + restored.Error);
        Assert.Equal("checkpoint\n", Read());
        Assert.Contains("/bin/sleep 601", await AskAsync("systemctl", "show", "--property=ExecStart", Unit), StringComparison.Ordinal);
        await Eventually.HoldsAsync(() => Read() == "later\n", "the guard undoes the restore", Patience);
        await Eventually.HoldsAsync(() => AskAsync("systemctl", "is-active", Unit).GetAwaiter().GetResult() == "active", "the unit runs again", Patience);
        Assert.Contains("/bin/sleep 602", await AskAsync("systemctl", "show", "--property=ExecStart", Unit), StringComparison.Ordinal);
        await Eventually.HoldsAsync(() => Guards().Length == 0, "timer and service are gone", Patience);
        Assert.Equal("Missed", (await ListAsync())[^1].GetProperty("confirmation").GetString());
        Assert.Contains("restore guard", (await HxopsAsync("audit", "list")).Output, StringComparison.Ordinal);
    }

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_word_removes_the_timer(bool fromOutside)
    {
        await LayAsync();
        Func<string[], Task<ToolResult>> hxops = fromOutside ? HxopsFromOutsideAsync : HxopsAsync;
        var restored = await hxops(["checkpoint", "restore", "--confirm-within", "10m", "--yes", "--no-gate"]);
        Assert.True(restored.Succeeded, restored.Output + restored.Error);
        Assert.Matches(@"hxops-guard-\w+-\w+\.timer\s+loaded\s+active\s+waiting", Guards());

        var confirmed = await hxops(["restore", "confirm"]);

        Assert.True(confirmed.Succeeded, confirmed.Output + confirmed.Error);
        Assert.Equal("", Guards());
        Assert.Equal("checkpoint\n", Read());
        Assert.Equal("Confirmed", (await ListAsync())[0].GetProperty("confirmation").GetString());
    }

    [SkippableFact]
    public async Task A_restore_that_goes_back_by_itself_or_by_the_operator_leaves_no_timer()
    {
        await LayAsync();
        var undone = await HxopsAsync("checkpoint", "restore", "--confirm-within", "10m", "--yes", "--no-gate");
        Assert.True(undone.Succeeded, undone.Output + undone.Error);
        Assert.True((await HxopsAsync("restore", "undo", "--yes", "--no-gate")).Succeeded);
        Assert.Equal("", Guards());

        machine.WriteFile("/srv/guarded/smoke.log", "FAILED\n");
        var back = await HxopsAsync("checkpoint", "restore", "--confirm-within", "10m", "--yes");

        Assert.Equal(20, back.ExitCode);
        Assert.Equal("", Guards());
    }

    [SkippableFact]
    public async Task After_a_reboot_the_unit_of_the_boot_undoes_what_nobody_confirmed()
    {
        await LayAsync();
        var shipped = await File.ReadAllLinesAsync(Path.Combine(Repository.Top, "src", "runbooks", "units", Boot));
        var start = $"ExecStart=/usr/bin/env dotnet {HxopsProcess.Program} --deployment {Deployment} restore guard";
        Assert.Single(shipped, line => line.StartsWith("ExecStart=", StringComparison.Ordinal));
        machine.WriteUnit(Boot, string.Join('\n', shipped.Select(line => line.StartsWith("ExecStart=", StringComparison.Ordinal) ? start : line)) + "\n");
        machine.WriteUnit("down.target", "[Unit]\nRequires=sysinit.target\nAfter=sysinit.target\nAllowIsolate=yes\n");
        await AskAsync("systemctl", "daemon-reload");
        await AskAsync("systemctl", "enable", Boot);
        await AskAsync("systemctl", "add-wants", "multi-user.target", Unit);
        var restored = await HxopsAsync("checkpoint", "restore", "--confirm-within", "20s", "--yes", "--no-gate");
        Assert.True(restored.Succeeded, restored.Output + restored.Error);

        // What a reboot does to systemd's units: all of them end, those without a file for ever, and those of the boot's target begin.
        await AskAsync("systemctl", "isolate", "down.target");
        Assert.Equal(("", "checkpoint\n", "inactive"), (Guards(), Read(), await AskAsync("systemctl", "is-active", Unit)));
        await AskAsync("systemctl", "isolate", "multi-user.target");

        await Eventually.HoldsAsync(() => Read() == "later\n", "the guard of the boot undoes the restore", Patience);
        await Eventually.HoldsAsync(() => State(Boot) == "ActiveState=inactive Result=success", "the guard of the boot has ended well", Patience);
        Assert.Equal("active", await AskAsync("systemctl", "is-active", Unit));
        Assert.Contains("/bin/sleep 602", await AskAsync("systemctl", "show", "--property=ExecStart", Unit), StringComparison.Ordinal);
        Assert.Equal("Missed", (await ListAsync())[^1].GetProperty("confirmation").GetString());

        await AskAsync("systemctl", "start", Boot); // As at the next boot, at which nothing waits.
        await Eventually.HoldsAsync(() => State(Boot) == "ActiveState=inactive Result=success", "a guard with nothing to do ends well", Patience);
    }

    private string State(string unit) =>
        AskAsync("systemctl", "show", "--property=ActiveState,Result", unit).GetAwaiter().GetResult().Split('\n').Order(StringComparer.Ordinal).Aggregate((all, line) => $"{all} {line}");

    private string Read() => File.ReadAllText(machine.Root.Locate(Config));

    private async Task LayAsync()
    {
        Skip.If(machine.Absence is not null, machine.Absence);
        await AskAsync("bash", "-c", $"systemctl stop {Unit} 'hxops-guard-*' 2>/dev/null; rm -rf /srv/guarded");
        machine.WriteFile(Deployment, $$"""
            hxops: 1
            name: guarded
            root: /srv/guarded
            backups: { folder: backups, checkpointPrefix: gw-checkpoint- }
            components:
              - { name: config, archive: config, sources: [{ path: config.yaml, presence: required }] }
              - { name: systemd, archive: systemd, sources: [{ path: /etc/systemd/system/{{Unit}} }] }
            units: [{ name: {{Unit}} }]
            probes: [{ name: smoke, kind: log, pattern: smoke.log, failurePattern: FAILED }]
            """);
        Write("checkpoint\n", "601");
        var taken = await HxopsAsync("checkpoint", "new");
        Assert.True(taken.Succeeded, taken.Output + taken.Error);
        Write("later\n", "602");
        await AskAsync("systemctl", "daemon-reload");
        await AskAsync("systemctl", "restart", Unit);
    }

    private void Write(string config, string seconds)
    {
        machine.WriteFile(Config, config);
        machine.WriteUnit(Unit, $"[Service]\nExecStart=/bin/sleep {seconds}\n");
    }

    private string Guards() => AskAsync("systemctl", "list-units", "--all", "--no-legend", "--plain", "hxops-guard-*").GetAwaiter().GetResult();

    private async Task<string> AskAsync(string program, params string[] arguments) =>
        (await machine.Runner.RunAsync(new ToolCommand(program, arguments), default)).Output.Trim();

    /// <summary>hxops on the machine itself.</summary>
    private Task<ToolResult> HxopsAsync(params string[] arguments) =>
        machine.Runner.RunAsync(new ToolCommand("dotnet", [HxopsProcess.Program, "--deployment", Deployment, .. arguments]) { Deadline = Patience }, default);

    /// <summary>hxops beside the machine, as the namespaces of a process let it.</summary>
    private Task<ToolResult> HxopsFromOutsideAsync(params string[] arguments) => new ProcessRunner().RunAsync(
        new ToolCommand("dotnet", [HxopsProcess.Program, "--root", machine.Root.Folder, "--deployment", machine.Root.Locate(Deployment), .. arguments]) { Deadline = Patience }, default);

    private async Task<JsonElement[]> ListAsync() =>
        [.. JsonDocument.Parse((await HxopsAsync("restore", "list", "--json")).Output).RootElement.EnumerateArray()];
}
