using HxOps.Services;
using HxOps.Services.Operating;
using HxOps.TestKit;
using Xunit;

namespace HxOps.Core.Tests.Services;

public sealed class ServiceObserverTests : IDisposable
{
    private const string Unit = "hx-test.service";
    private readonly SampleDeployment _sample = new();

    public void Dispose() => _sample.Dispose();

    [Fact]
    public async Task A_unit_without_a_port_is_not_said_to_listen_nowhere_and_a_line_that_is_passed_over_is_named()
    {
        _sample.Write($"/etc/systemd/system/{Unit}", $"[Service]\nnonsense\nExecStart={DummyTool.Program} sleep 600\n");
        _sample.Services = ServiceControlSelector.For(_sample.Root);
        await _sample.Services.StartAsync(Unit, TimeSpan.FromSeconds(20), default);

        var status = await new ServiceObserver(_sample.Context).ObserveAsync(Unit, default);
        await _sample.Services.StopAsync(Unit, TimeSpan.FromSeconds(20), default);

        Assert.Equal((UnitActivity.Active, (int?)null, (bool?)null), (status.Activity, status.Port, status.IsListening));
        Assert.Equal([$"/etc/systemd/system/{Unit}:2: a line that is no assignment is passed over"], status.Remarks.AsEnumerable());
    }
}
