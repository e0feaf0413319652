using HxOps.Checkpoints;
using HxOps.Checkpoints.Taking;
using HxOps.Files.Locking;
using HxOps.Reporting;
using HxOps.Services.EntryPoints;
using HxOps.Services.Systemd;
using HxOps.TestKit;
using HxOps.Tools;
using Xunit;

namespace HxOps.Integration.Tests.Systemd;

/// <summary>Its health is not asked here: the machine's network is its own.</summary>
[Collection(SystemdGroup.Name)]
public sealed class EntryPointSwitchOnSystemdTests(SystemdMachine machine)
{
    private const string Unit = EntryPointDeployment.Unit;
    private const string Live = "/bin/sleep 601";
    private readonly EventLog _events = new();

    [SkippableFact]
    [Trait("Behaviour", "E-10"), Trait("Behaviour", "E-14"), Trait("Behaviour", "E-18")]
    public async Task E_10_E_14_E_18_systemd_runs_the_previous_command_and_the_kernel_says_so()
    {
        var result = await SetAsync("/bin/sleep 600");

        Assert.Equal((EntryPointOutcome.Set, "/bin/sleep 600"), (result.Outcome, result.RunningCommand));
        var state = await machine.Runner.RunAsync(new ToolCommand("systemctl", ["is-active", Unit]), default);
        Assert.Equal("active\n", state.Output);
        var properties = await new Systemctl(machine.Runner).ShowAsync(Unit, default);
        Assert.Contains("/bin/sleep 600", properties.ExecStart, StringComparison.Ordinal);
        Assert.Contains(EntryPointDeployment.DropIn, properties.DropInPaths);
        Assert.False(properties.NeedsDaemonReload);
    }

    [SkippableFact]
    [Trait("Behaviour", "E-21")]
    public async Task E_21_one_that_crashes_at_every_start_is_taken_back_though_systemd_refuses_more_starts()
    {
        var result = await SetAsync("/bin/sh -c 'echo no such model; exit 1'", "Restart=always\nRestartSec=0\n");

        Assert.Equal(EntryPointOutcome.RolledBack, result.Outcome);
        Assert.Contains(result.Log, line => line.Text == "no such model");
        Assert.False(File.Exists(machine.Root.Locate(EntryPointDeployment.DropIn)));
        var properties = await new Systemctl(machine.Runner).ShowAsync(Unit, default);
        Assert.Equal("active", properties.ActiveState);
        Assert.Contains(Live, properties.ExecStart, StringComparison.Ordinal);
        Assert.InRange(result.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(20));
    }

    private async Task<EntryPointResult> SetAsync(string old, string settings = "")
    {
        Skip.If(machine.Absence is not null, machine.Absence);
        var services = new SystemdServices(machine.Runner, machine.Root, Redactor.PatternsOnly, TimeProvider.System);
        var context = EntryPointDeployment.At(machine.Root.Folder, 4010, services);
        context = context with { Deployment = context.Deployment with { Service = context.Deployment.Service! with { EntryPoints = [] } } };
        machine.WriteUnit(Unit + ".d/override.conf", ""); // Of no effect, as if there were none.
        File.Delete(machine.Root.Locate(EntryPointDeployment.DropIn));
        machine.WriteUnit(Unit, $"[Service]\n{settings}ExecStart={old}\n");
        Directory.CreateDirectory(context.StateFolder);
        CheckpointInfo checkpoint;
        using (var lease = DeploymentLock.Acquire(context.StateFolder, "a test"))
            checkpoint = await new CheckpointWriter(context).WriteAsync(new CheckpointRequest(CheckpointKind.Checkpoint, ""), lease, _events, default);

        machine.WriteUnit(Unit, $"[Service]\n{settings}ExecStart={Live}\n");
        await services.ReloadDefinitionsAsync(default);
        await services.RestartAsync(Unit, TimeSpan.FromSeconds(20), default);
        var plan = await new EntryPointPlanner(context).PlanAsync(new EntryPointRequest { Source = checkpoint.Id }, _events, default);
        return await new EntryPointSwitch(context).RunAsync(plan, _events, default);
    }
}
