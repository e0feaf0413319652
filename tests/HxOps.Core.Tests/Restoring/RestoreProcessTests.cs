using HxOps.Files;
using HxOps.Gateway;
using HxOps.Reporting;
using HxOps.Restoring;
using HxOps.Services;
using HxOps.TestKit;
using HxOps.Tools.Processes;
using Xunit;

namespace HxOps.Core.Tests.Restoring;

/// <summary>Restores around a real process that the embedded supervisor runs.</summary>
public sealed class RestoreProcessTests : RestoreBench
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    [Theory]
    [InlineData(true, RestoreOutcome.Restored, "as-recorded")]
    [InlineData(false, RestoreOutcome.RolledBack, "as-changed")]
    [Trait("Behaviour", "C-29"), Trait("Behaviour", "C-36"), Trait("Behaviour", "C-37")]
    public async Task C_29_C_36_and_C_37_the_process_that_runs_after_the_gate_is_the_one_of_the_files_that_stand(bool isPortOpen, RestoreOutcome outcome, string word)
    {
        using var listener = GateOnPort(isPortOpen);
        var unit = new UnitProbe(Gateway) { Name = "unit", Importance = Importance.Required, Layer = GatewayLayer.Host, Deadline = TimeSpan.FromSeconds(2) };
        Sample.Deployment = Sample.Deployment with { Probes = [.. Sample.Deployment.Probes, unit] };
        var services = ServiceControlSelector.For(Sample.Root);
        Sample.Services = services;
        WriteUnit("as-recorded");
        var checkpoint = Take();
        WriteUnit("as-changed");
        var before = ProcessIdentity.Of((await services.StartAsync(Gateway, Limit, default)).MainProcessId!.Value)!;
        try
        {
            var result = Restore(checkpoint, WithGate);

            Assert.Equal(outcome, result.Outcome);
            Assert.False(before.IsAlive);
            var status = await services.GetAsync(Gateway, default);
            Assert.Equal(UnitActivity.Active, status.Activity);
            Assert.Contains(word, ProcessCommandLine.TryRead(HostRoot.Machine, status.MainProcessId!.Value));
        }
        finally
        {
            await services.StopAsync(Gateway, Limit, default);
        }
    }

    [Fact]
    public async Task A_repair_leaves_no_process_running_that_has_read_the_files_it_takes_back()
    {
        GateOnPort(isOpen: false);
        var services = ServiceControlSelector.For(Sample.Root);
        Sample.Services = services;
        WriteUnit("as-recorded");
        var checkpoint = Take();
        WriteUnit("as-changed");
        await services.StartAsync(Gateway, Limit, default);
        try
        {
            var plan = Plan(checkpoint, WithGate);
            Assert.Throws<InvalidOperationException>(() => Run(plan, At("go back to the state before", StepState.Started, () => throw new InvalidOperationException("killed"))));
            var failed = ProcessIdentity.Of((await services.StartAsync(Gateway, Limit, default)).MainProcessId!.Value)!;

            var repaired = Assert.Single(Repair());

            Assert.Equal((RestoreState.RolledBack, null), (repaired.State, repaired.Reason));
            Assert.False(failed.IsAlive);
            var status = await services.GetAsync(Gateway, default);
            Assert.Equal(UnitActivity.Active, status.Activity);
            Assert.Contains("as-changed", ProcessCommandLine.TryRead(HostRoot.Machine, status.MainProcessId!.Value));
        }
        finally
        {
            await services.StopAsync(Gateway, Limit, default);
        }
    }

    private void WriteUnit(string word) =>
        Sample.Write(SampleDeployment.Unit, $"[Service]\nExecStart={DummyTool.Program} say {word} sleep 600\n\n[Install]\nWantedBy=multi-user.target\n");
}
