using HxOps.Checkpoints;
using HxOps.Checkpoints.Taking;
using HxOps.Codecs;
using HxOps.Deployments;
using HxOps.Files.Locking;
using HxOps.Reporting;
using HxOps.Restoring;
using HxOps.Restoring.Planning;
using HxOps.Services;
using HxOps.Services.Systemd;
using HxOps.TestKit;
using HxOps.Tools;
using Xunit;

namespace HxOps.Integration.Tests.Systemd;

[Collection(SystemdGroup.Name)]
public sealed class SystemdRestoreTests(SystemdMachine machine)
{
    private const string Unit = "hx-restored-gateway.service";
    private const string Units = "/etc/systemd/system";
    private const string Wanted = Units + "/multi-user.target.wants/" + Unit;
    private const string DropIn = Units + "/" + Unit + ".d/override.conf";

    [SkippableFact]
    [Trait("Behaviour", "C-29"), Trait("Behaviour", "C-31"), Trait("Behaviour", "C-36")]
    public async Task C_29_C_31_and_C_36_systemd_runs_the_restored_unit_with_its_drop_in_and_its_enablement()
    {
        Skip.If(machine.Absence is not null, machine.Absence);
        var services = new SystemdServices(machine.Runner, machine.Root, Redactor.PatternsOnly, TimeProvider.System);
        var systemctl = new Systemctl(machine.Runner);
        var context = Open(services);
        machine.WriteUnit(Unit, "[Service]\nExecStart=/bin/sleep 600\n[Install]\nWantedBy=multi-user.target\n");
        machine.WriteFile(DropIn, "[Service]\nExecStart=\nExecStart=/bin/sleep 601\n");
        await services.ReloadDefinitionsAsync(default);
        await systemctl.EnableAsync(Unit, default);
        var checkpoint = await TakeAsync(context);

        await systemctl.DisableAsync(Unit, default);
        File.Delete(machine.Root.Locate(DropIn));
        machine.WriteUnit(Unit, "[Service]\nExecStart=/bin/sleep 602\n[Install]\nWantedBy=multi-user.target\n");
        await services.ReloadDefinitionsAsync(default);
        var before = await services.StartAsync(Unit, TimeSpan.FromSeconds(20), default);

        var plan = await new RestorePlanner(context).PlanAsync(checkpoint, RestoreOptions.Default with { Switches = RestoreSwitches.NoGate }, new EventLog(), default);
        var result = await new RestoreRunner(context).RunAsync(plan, new EventLog(), default);

        Assert.Equal(RestoreOutcome.Restored, result.Outcome);
        var after = await services.GetAsync(Unit, default);
        Assert.Equal((UnitActivity.Active, true), (after.Activity, after.IsEnabled));
        Assert.NotEqual(before.MainProcessId, after.MainProcessId);
        var properties = await systemctl.ShowAsync(Unit, default);
        Assert.Contains("/bin/sleep 601", properties.ExecStart, StringComparison.Ordinal);
        Assert.Contains(DropIn, properties.DropInPaths);
        Assert.False(properties.NeedsDaemonReload);
        Assert.Equal($"{Units}/{Unit}", File.ResolveLinkTarget(machine.Root.Locate(Wanted), returnFinalTarget: false)!.FullName);
        await services.StopAsync(Unit, TimeSpan.FromSeconds(20), default);
    }

    private DeploymentContext Open(SystemdServices services)
    {
        var deployment = new Deployment
        {
            Name = "restored",
            Root = "/srv/restored",
            Backups = new BackupPolicy("/srv/restored/backups", "gw-checkpoint-", "pre-restore-", 5),
            Components =
            [
                new Component("systemd", "systemd", ComponentRole.State,
                    [new FileSource(Units + "/hx-restored-*", Presence.Required), new FileSource(Units + "/*.wants/hx-restored-*", Presence.Optional)]),
            ],
            Units = [new ManagedUnit(Unit, StartRule.Always)],
            Endpoints = [],
            Secrets = [],
            Configuration = new ConfigurationFiles(null, null, null, null),
            Probes = [],
            Source = "/etc/hxops/restored.yaml",
        };
        return new DeploymentContext(deployment, machine.Root, services, new SecretSource(deployment, _ => null), CodecFactory.Create(), TimeProvider.System);
    }

    private static async Task<CheckpointInfo> TakeAsync(DeploymentContext context)
    {
        using var lease = DeploymentLock.Acquire(StateFolder.Of(context), "a test");
        return await new CheckpointWriter(context).WriteAsync(new CheckpointRequest(CheckpointKind.Checkpoint, ""), lease, new EventLog(), default);
    }
}
