using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using HxOps.Deployments;
using HxOps.Gateway;
using HxOps.Services;
using HxOps.TestKit;
using Xunit;

namespace HxOps.Core.Tests.Deployments;

public sealed class DeploymentInspectorTests : IDisposable
{
    private readonly SampleDeployment _sample = new();

    public void Dispose() => _sample.Dispose();

    private async Task<PreflightResult> LookAsync(string id)
    {
        var results = await new DeploymentInspector(_sample.Context).InspectAsync(new EventLog(), CancellationToken.None);
        return results.Single(result => result.Id == id);
    }

    [Fact]
    public async Task Every_check_has_its_evidence_and_a_remedy_when_it_did_not_pass()
    {
        var results = await new DeploymentInspector(_sample.Context).InspectAsync(new EventLog(), CancellationToken.None);

        Assert.Equal(
            [
                "RequiredSources", "BackupFolder", "Owners", "VirtualEnvironment", "Permissions", "Configuration", "Units", "Service", "Ports", "Health", "Secrets",
                "LogRotation", "LogForwarding", "Alerts", "Firewall", "Tls",
            ],
            results.Select(result => result.Id));
        Assert.All(results, result => Assert.NotEmpty(result.Finding));
        Assert.All(results, result => Assert.Equal(result.Verdict == Verdict.Healthy, result.Remedy.Length == 0));
    }

    [Fact]
    [Trait("Behaviour", "C-61")]
    public async Task C_61_missing_required_paths_are_named()
    {
        Assert.Equal(new PreflightResult("RequiredSources", Verdict.Healthy, "all 4 required paths are there", ""), await LookAsync("RequiredSources"));

        File.Delete(_sample.Local(SampleDeployment.Config));
        Directory.Delete(_sample.Local(SampleDeployment.Tests), recursive: true);
        var result = await LookAsync("RequiredSources");

        Assert.Equal(Verdict.Unhealthy, result.Verdict);
        Assert.Equal($"missing: {SampleDeployment.Config}, {SampleDeployment.Tests}", result.Finding);
    }

    [Fact]
    public async Task The_backup_folder_is_judged_without_being_made()
    {
        var result = await LookAsync("BackupFolder");

        Assert.Equal(Verdict.Healthy, result.Verdict);
        Assert.Matches($"^{SampleDeployment.Backups} will be made, [0-9,]+ MB free$", result.Finding);
        Assert.False(Directory.Exists(_sample.BackupFolder));
    }

    [SkippableFact]
    public async Task A_backup_folder_that_is_not_writable_is_found()
    {
        Skip.If(Environment.UserName == "root", "needs a user whom permissions bind, not root");
        Directory.CreateDirectory(_sample.BackupFolder);
        File.SetUnixFileMode(_sample.BackupFolder, UnixFileMode.UserRead | UnixFileMode.UserExecute);

        Assert.Equal($"{SampleDeployment.Backups} is not writable for this user", (await LookAsync("BackupFolder")).Finding);
    }

    [Fact]
    public async Task Owners_that_do_not_exist_are_named()
    {
        var component = _sample.Deployment.Components[0];
        var source = component.Sources[0] with { Policy = new OwnershipPolicy("root", "no-such-group-x", null, null, null) };
        _sample.Deployment = _sample.Deployment with { Components = [component with { Sources = [source] }] };

        var result = await LookAsync("Owners");

        Assert.Equal((Verdict.Unhealthy, "missing: group no-such-group-x"), (result.Verdict, result.Finding));
    }

    [Fact]
    public async Task A_Python_environment_without_interpreter_is_found()
    {
        Assert.Equal($"{SampleDeployment.Venv} has no interpreter in bin/", (await LookAsync("VirtualEnvironment")).Finding);

        _sample.Write(SampleDeployment.Venv + "/bin/python3", "#!/bin/sh\n", 0x1ED);
        Assert.Equal(Verdict.Healthy, (await LookAsync("VirtualEnvironment")).Verdict);
    }

    [Fact]
    public async Task The_first_error_of_the_configuration_is_told()
    {
        _sample.Write(SampleDeployment.Config, "model_list: 5\n");

        var result = await LookAsync("Configuration");

        Assert.Equal(Verdict.Unhealthy, result.Verdict);
        Assert.Equal($"1 errors, 0 warnings: {SampleDeployment.Config}:1:13: 'model_list' must be a list of models", result.Finding);
    }

    [Fact]
    public async Task An_absent_unit_and_a_failed_one_are_named()
    {
        _sample.Services = new FixedServices { ["hx-litellm-gateway.service"] = UnitActivity.Absent, ["other.service"] = UnitActivity.Active };
        _sample.Deployment = _sample.Deployment with { Units = [.. _sample.Deployment.Units, new ManagedUnit("other.service", StartRule.Always)] };

        var result = await LookAsync("Units");

        Assert.Equal((Verdict.Unhealthy, "hx-litellm-gateway.service absent, other.service active"), (result.Verdict, result.Finding));
    }

    [Fact]
    public async Task The_holder_of_a_port_is_named_with_process_and_command()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        _sample.Deployment = _sample.Deployment with { Endpoints = [new Endpoint("up", new Uri($"http://127.0.0.1:{port}"), GatewayLayer.Upstream, null)] };
        _sample.Write(SampleDeployment.Unit, $"[Service]\nExecStart=/bin/gw --port {port}\n");
        _sample.Services = new FixedServices { ["hx-litellm-gateway.service"] = UnitActivity.Inactive };

        var taken = await LookAsync("Ports");
        Assert.Equal(Verdict.Unhealthy, taken.Verdict);
        Assert.Matches($@"^{port} is held by .+ \(PID {Environment.ProcessId}\), which is not hx-litellm-gateway\.service$", taken.Finding);

        _sample.Services = new FixedServices(Environment.ProcessId) { ["hx-litellm-gateway.service"] = UnitActivity.Active };
        var own = await LookAsync("Ports");
        Assert.Equal(Verdict.Healthy, own.Verdict);
        Assert.EndsWith("of hx-litellm-gateway.service", own.Finding, StringComparison.Ordinal);

        listener.Stop();
        Assert.Equal((Verdict.Unhealthy, $"nobody listens on {port} although hx-litellm-gateway.service is active"), ((await LookAsync("Ports")) is var gone ? (gone.Verdict, gone.Finding) : default));
    }

    [Fact]
    [Trait("Behaviour", "T-21")]
    public async Task T_21_a_documented_development_key_is_told_and_not_shown()
    {
        var result = await LookAsync("Secrets");
        Assert.Equal((Verdict.Inconclusive, "MASTER_KEY has its documented development value"), (result.Verdict, result.Finding));

        _sample.Environment["MASTER_KEY"] = "a-key-of-its-own";
        Assert.Equal(Verdict.Healthy, (await LookAsync("Secrets")).Verdict);
    }

    /// <summary>Units in states that the test sets.</summary>
    private sealed class FixedServices(int? mainProcess = null) : Dictionary<string, UnitActivity>, IServiceControl
    {
        public string Name => "fixed";

        public Task<UnitStatus> GetAsync(string unit, CancellationToken cancellation) =>
            Task.FromResult(new UnitStatus { Id = unit, Activity = this.GetValueOrDefault(unit), MainProcessId = mainProcess });

        public Task<UnitStatus> StartAsync(string unit, TimeSpan limit, CancellationToken cancellation) => throw new NotSupportedException();

        public Task<UnitStatus> StopAsync(string unit, TimeSpan limit, CancellationToken cancellation) => throw new NotSupportedException();

        public Task ReloadDefinitionsAsync(CancellationToken cancellation) => throw new NotSupportedException();

        public Task<ImmutableArray<LogLine>> ReadLogAsync(string unit, DateTimeOffset sinceUtc, int mostLines, CancellationToken cancellation) => throw new NotSupportedException();

        public IAsyncEnumerable<LogLine> FollowLogAsync(string unit, DateTimeOffset sinceUtc, CancellationToken cancellation) => throw new NotSupportedException();
    }
}
