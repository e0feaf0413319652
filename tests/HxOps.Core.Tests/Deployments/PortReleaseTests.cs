using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using HxOps.Deployments;
using HxOps.Errors;
using HxOps.Evidence;
using HxOps.Gateway;
using HxOps.Services;
using HxOps.TestKit;
using HxOps.Tools.Processes;
using Xunit;

namespace HxOps.Core.Tests.Deployments;

public sealed class PortReleaseTests : IDisposable
{
    private const string Service = "hx-litellm-gateway.service";
    private const string Other = "other.service";
    private readonly SampleDeployment _sample = new();
    private readonly MainProcesses _services = [];
    private readonly List<DetachedProcess> _started = [];
    private readonly EventLog _events = new();
    private readonly int _port = FreePort.Take();

    public PortReleaseTests()
    {
        _sample.Services = _services;
        _sample.Deployment = _sample.Deployment with
        {
            Units = [.. _sample.Deployment.Units, new ManagedUnit(Other, StartRule.Always)],
            Endpoints = [new Endpoint("up", new Uri($"http://127.0.0.1:{_port}"), GatewayLayer.Upstream, null)],
        };
        _sample.Write(SampleDeployment.Unit, $"[Service]\nExecStart=/bin/gw --port {_port}\n");
    }

    [Fact]
    [Trait("Behaviour", "S-41")]
    public async Task S_41_exactly_the_process_that_holds_the_port_is_ended_on_request()
    {
        var (holder, elsewhere) = (await HoldAsync(_port), await HoldAsync(FreePort.Take(), "say", $"port {_port}"));
        var plan = await Release().PlanAsync(default);

        var ended = await Release().RunAsync(plan, _events, default);

        Assert.Equal(1, ended);
        Assert.False(holder.Identity.IsAlive);
        Assert.True(elsewhere.Identity.IsAlive);
        Assert.Empty(PortHolders.Of(_port));
        Assert.Equal(128 + 15, await holder.Exited);
        var entry = Assert.Single(new AuditLog(_sample.Context).Read());
        Assert.Equal(("release", $"port {_port}", "Released"), (entry.Action, entry.Target, entry.Outcome));
    }

    [Fact]
    [Trait("Behaviour", "S-41")]
    public async Task S_41_the_plan_has_process_user_and_command_line_and_no_secret()
    {
        _sample.Environment["MASTER_KEY"] = "pl4nted-value";
        var holder = await HoldAsync(_port, "say", "with pl4nted-value", "say", "sk-planted-9f8e7d6c5b4a");

        var plan = await Release().PlanAsync(default);

        var intruder = Assert.Single(plan.Intruders);
        Assert.Equal((holder.Identity.Id, holder.Identity.StartTicks, Environment.UserName, Service), (intruder.ProcessId, intruder.StartTicks, intruder.User, intruder.Unit));
        Assert.Equal("end 1 process that holds what a unit of the gateway shall listen on", plan.Describe()[0]);
        Assert.StartsWith($"  port {_port} of {Service}: PID {holder.Identity.Id} of {Environment.UserName}: {DummyTool.Program} say with [redacted] say [redacted] ", plan.Describe()[1], StringComparison.Ordinal);
        Assert.EndsWith($" serve {_port} 200", plan.Describe()[1], StringComparison.Ordinal);
        Assert.True(holder.Identity.IsAlive);
    }

    [Fact]
    [Trait("Behaviour", "S-41")]
    public async Task S_41_one_that_takes_no_notice_is_killed()
    {
        var holder = await HoldAsync(_port, "deaf");
        var release = new PortRelease(_sample.Context) { Patience = TimeSpan.FromMilliseconds(300) };

        await release.RunAsync(await release.PlanAsync(default), _events, default);

        Assert.Equal(128 + 9, await holder.Exited);
        Assert.Empty(PortHolders.Of(_port));
    }

    [Fact]
    [Trait("Behaviour", "S-41")]
    public async Task S_41_another_process_than_the_one_agreed_to_is_left_alone()
    {
        var first = await HoldAsync(_port);
        var plan = await Release().PlanAsync(default);
        await EndAsync(first);
        var second = await HoldAsync(_port);

        var failure = await Assert.ThrowsAsync<HxException>(() => Release().RunAsync(plan, _events, default));

        Assert.Equal((DeploymentErrors.PortHolderChanged, ExitCode.Refused), (failure.Id, failure.Id.ExitCode));
        Assert.Contains($"PID {second.Identity.Id} ", failure.Message, StringComparison.Ordinal);
        Assert.True(second.Identity.IsAlive);
    }

    [Fact]
    public async Task A_process_with_the_same_id_and_another_start_is_another_process()
    {
        var holder = await HoldAsync(_port);
        var plan = await Release().PlanAsync(default);
        var older = new PortReleasePlan([plan.Intruders[0] with { StartTicks = plan.Intruders[0].StartTicks - 1 }]);

        var failure = await Assert.ThrowsAsync<HxException>(() => Release().RunAsync(older, _events, default));

        Assert.Equal(DeploymentErrors.PortHolderChanged, failure.Id);
        Assert.True(holder.Identity.IsAlive);
    }

    [Fact]
    public async Task A_process_that_has_ended_meanwhile_is_no_failure()
    {
        var holder = await HoldAsync(_port);
        var plan = await Release().PlanAsync(default);
        await EndAsync(holder);

        await Release().RunAsync(plan, _events, default);

        Assert.Equal("Released", Assert.Single(new AuditLog(_sample.Context).Read()).Outcome);
    }

    [Fact]
    [Trait("Behaviour", "S-41")]
    public async Task S_41_the_units_own_process_and_its_workers_are_not_in_the_plan()
    {
        var holder = await HoldAsync(_port);
        _services[Service] = holder.Identity.Id;

        Assert.Empty((await Release().PlanAsync(default)).Intruders);
    }

    [Fact]
    [Trait("Behaviour", "S-41")]
    public async Task S_41_a_process_of_another_unit_is_refused_with_the_unit_in_the_remedy()
    {
        var holder = await HoldAsync(_port);
        _services[Other] = holder.Identity.Id;

        var failure = await Assert.ThrowsAsync<HxException>(() => Release().PlanAsync(default));

        Assert.Equal((DeploymentErrors.PortHolderProtected, ExitCode.Refused, _port.ToString(CultureInfo.InvariantCulture)), (failure.Id, failure.Id.ExitCode, failure.Target));
        Assert.Contains($"PID {holder.Identity.Id}, which is {Other}", failure.Message, StringComparison.Ordinal);
        Assert.Contains($"hxops service stop {Other}", failure.Remedy, StringComparison.Ordinal);
        Assert.True(holder.Identity.IsAlive);
    }

    [Fact]
    public async Task The_command_does_not_end_itself()
    {
        using var listener = new TcpListener(IPAddress.Loopback, _port);
        listener.Start();

        var failure = await Assert.ThrowsAsync<HxException>(() => Release().PlanAsync(default));

        Assert.Equal(DeploymentErrors.PortHolderProtected, failure.Id);
        Assert.Contains("this very process", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_that_no_unit_claims_and_a_free_one_are_left_alone()
    {
        Assert.Empty((await Release().PlanAsync(default)).Intruders);

        await HoldAsync(_port);
        _sample.Write(SampleDeployment.Unit, "[Service]\nExecStart=/bin/gw\n");

        Assert.Empty((await Release().PlanAsync(default)).Intruders);
    }

    [Fact]
    public async Task A_port_that_is_held_afterwards_is_a_failure_and_its_new_holder_is_named_and_lives()
    {
        // What it leaves behind has the socket and was not agreed to.
        const string Heir = """
            use strict; use IO::Socket::INET;
            my $s = IO::Socket::INET->new(LocalAddr => '127.0.0.1', LocalPort => $ARGV[0], Listen => 1) or die;
            $SIG{TERM} = sub { exit if fork; $SIG{TERM} = 'DEFAULT'; alarm 120 };
            sleep 600 while 1;
            """;
        var holder = DetachedProcess.Start(new DetachedStart("/usr/bin/perl", ["-e", Heir, _port.ToString(CultureInfo.InvariantCulture)], ImmutableDictionary<string, string>.Empty, Path.Combine(_sample.Outside, "log")));
        await ListensAsync(holder, _port);
        var plan = await Release().PlanAsync(default);

        var failure = await Assert.ThrowsAsync<HxException>(() => Release().RunAsync(plan, _events, default));

        var heir = Assert.Single(PortHolders.Of(_port)).ProcessId!.Value;
        var identity = ProcessIdentity.Of(heir)!;
        using (var end = System.Diagnostics.Process.GetProcessById(heir))
            end.Kill();
        Assert.Equal((DeploymentErrors.PortNotReleased, ExitCode.VerificationFailed), (failure.Id, failure.Id.ExitCode));
        Assert.Contains($"PID {identity.Id} ", failure.Message, StringComparison.Ordinal);
        Assert.NotEqual(holder.Identity.Id, heir);
        Assert.Equal("PortNotReleased", Assert.Single(new AuditLog(_sample.Context).Read()).Outcome);
    }

    public void Dispose()
    {
        foreach (var process in _started.Where(process => process.Identity.IsAlive))
        {
            using var end = System.Diagnostics.Process.GetProcessById(process.Identity.Id);
            end.Kill();
        }

        _sample.Dispose();
    }

    private PortRelease Release() => new(_sample.Context);

    private async Task<DetachedProcess> HoldAsync(int port, params string[] words)
    {
        var process = DetachedProcess.Start(new DetachedStart(
            DummyTool.Program, [.. words, "serve", port.ToString(CultureInfo.InvariantCulture), "200"], ImmutableDictionary<string, string>.Empty, Path.Combine(_sample.Outside, "log")));
        await ListensAsync(process, port);
        return process;
    }

    private async Task ListensAsync(DetachedProcess process, int port)
    {
        _started.Add(process);
        await Eventually.HoldsAsync(() => PortHolders.Of(port).Any(holder => holder.ProcessId == process.Identity.Id), $"the process listens on {port}");
    }

    private static async Task EndAsync(DetachedProcess process)
    {
        using var end = System.Diagnostics.Process.GetProcessById(process.Identity.Id);
        end.Kill();
        await process.Exited;
    }

    /// <summary>Units with the main processes that the test sets.</summary>
    private sealed class MainProcesses : Dictionary<string, int>, IServiceControl
    {
        public string Name => "fixed";

        public Task<UnitStatus> GetAsync(string unit, CancellationToken cancellation) => Task.FromResult(TryGetValue(unit, out var main)
            ? new UnitStatus { Id = unit, Activity = UnitActivity.Active, MainProcessId = main }
            : new UnitStatus { Id = unit, Activity = UnitActivity.Inactive });

        public Task<UnitStatus> StartAsync(string unit, TimeSpan limit, CancellationToken cancellation) => throw new NotSupportedException();

        public Task<UnitStatus> StopAsync(string unit, TimeSpan limit, CancellationToken cancellation) => throw new NotSupportedException();

        public Task ReloadDefinitionsAsync(CancellationToken cancellation) => throw new NotSupportedException();

        public Task<ImmutableArray<LogLine>> ReadLogAsync(string unit, DateTimeOffset sinceUtc, int mostLines, CancellationToken cancellation) => throw new NotSupportedException();

        public IAsyncEnumerable<LogLine> FollowLogAsync(string unit, DateTimeOffset sinceUtc, CancellationToken cancellation) => throw new NotSupportedException();
    }
}
