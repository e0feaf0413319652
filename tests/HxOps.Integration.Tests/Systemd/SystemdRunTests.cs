using System.Collections.Immutable;
using HxOps.Errors;
using HxOps.TestKit;
using HxOps.Tools;
using Xunit;

namespace HxOps.Integration.Tests.Systemd;

[Collection(GatewayHostGroup.Name)]
public sealed class SystemdRunTests(GatewayHost host)
{
    [SkippableFact]
    public async Task A_transient_unit_runs_with_its_properties_and_leaves_nothing_behind()
    {
        host.Require();
        var unit = new TransientUnit("passing.service", ["/bin/sleep", "600"]) { Properties = ImmutableSortedDictionary<string, string>.Empty.Add("Nice", "7") };
        var run = new SystemdRun(host.Machine.Runner);
        var systemctl = new Systemctl(host.Machine.Runner);

        await run.StartAsync(unit, default);
        var properties = await systemctl.ShowAsync(unit.Name, default);
        var nice = await host.AskAsync("systemctl", "show", "--property=Nice", "--value", unit.Name);
        var twice = await Assert.ThrowsAsync<HxException>(() => run.StartAsync(unit, default));
        await systemctl.StopAsync(unit.Name, TimeSpan.FromSeconds(20), default);

        Assert.Equal("active", properties.ActiveState);
        Assert.Equal("7", nice);
        Assert.Contains("passing.service", twice.Message, StringComparison.Ordinal);
        await Eventually.HoldsAsync(() => systemctl.ShowAsync(unit.Name, default).GetAwaiter().GetResult().LoadState == "not-found", "the unit is gone");
    }
}
