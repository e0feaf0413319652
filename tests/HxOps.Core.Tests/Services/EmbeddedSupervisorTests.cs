using HxOps.Errors;
using HxOps.Files;
using HxOps.Services;
using HxOps.TestKit;
using HxOps.Tools;
using Xunit;

namespace HxOps.Core.Tests.Services;

public sealed class EmbeddedSupervisorTests : IDisposable
{
    private const string Unit = "hx-test.service";
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private readonly ScratchFolder _folder = new();
    private readonly IServiceControl _services;

    public EmbeddedSupervisorTests() => _services = ServiceControlSelector.For(HostRoot.At(_folder.Path));

    public void Dispose()
    {
        _services.StopAsync(Unit, TimeSpan.Zero, default).ContinueWith(_ => { }, TaskScheduler.Default).Wait();
        _folder.Dispose();
    }

    [Fact]
    public async Task Start_stop_and_status_follow_the_real_process()
    {
        WriteUnit($"ExecStart={DummyTool.Program} say hello sleep 600");

        Assert.Equal(UnitActivity.Inactive, (await _services.GetAsync(Unit, default)).Activity);
        var started = await _services.StartAsync(Unit, Limit, default);
        Assert.Equal(UnitActivity.Active, started.Activity);
        var process = ProcessIdentity.Of(started.MainProcessId!.Value)!;
        Assert.True(process.IsAlive);

        var stopped = await _services.StopAsync(Unit, Limit, default);

        Assert.Equal((UnitActivity.Inactive, (int?)null), (stopped.Activity, stopped.MainProcessId));
        Assert.False(process.IsAlive);
    }

    [Fact]
    public async Task An_unknown_unit_is_absent_and_cannot_be_started()
    {
        Assert.Equal(UnitActivity.Absent, (await _services.GetAsync(Unit, default)).Activity);

        var error = await Assert.ThrowsAsync<HxException>(() => _services.StartAsync(Unit, Limit, default));

        Assert.Equal((ServiceErrors.UnitNotFound, Unit), (error.Id, error.Target));
    }

    [Fact]
    public async Task A_unit_that_ends_at_once_fails_with_its_last_lines()
    {
        WriteUnit($"ExecStart={DummyTool.Program} complain \"no configuration\" exit 3");

        var error = await Assert.ThrowsAsync<HxException>(() => _services.StartAsync(Unit, Limit, default));

        Assert.Equal(ServiceErrors.StartFailed, error.Id);
        Assert.Contains("no configuration", error.Message, StringComparison.Ordinal);
        Assert.Equal(UnitActivity.Failed, (await _services.GetAsync(Unit, default)).Activity);
    }

    private void WriteUnit(string service)
    {
        var folder = Path.Combine(_folder.Path, "etc/systemd/system");
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, Unit), $"[Service]\n{service}\n");
    }
}
