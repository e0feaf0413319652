using System.Diagnostics;
using System.Text.Json;
using HxOps.Integration.Tests.Cli;
using HxOps.Services.Installing;
using HxOps.TestKit;
using HxOps.Tools.Processes;
using Xunit;

namespace HxOps.Integration.Tests.Systemd;

/// <summary>hxops service, run on a machine with a real systemd.</summary>
[Collection(GatewayHostGroup.Name)]
public sealed class ServiceOperationsTests(GatewayHost host) : IAsyncLifetime
{
    public async Task InitializeAsync()
    {
        if (host.Machine.Absence is null)
            await LayAsync("hx_gateway.main:app");
    }

    public async Task DisposeAsync()
    {
        if (host.Machine.Absence is null)
            await host.ClearAsync();
    }

    [SkippableFact]
    [Trait("Behaviour", "S-26"), Trait("Behaviour", "S-27"), Trait("Behaviour", "S-28")]
    public async Task S_26_S_27_S_28_the_status_tells_activity_process_and_port_as_systemd_and_the_kernel_do()
    {
        host.Require();

        var before = await host.RunAsync("service", "status", "hx-gateway-ml", "--json");
        var started = await host.RunAsync("service", "start", "--json");
        var after = await host.RunAsync("service", "status", "hx-gateway-ml", "--json");

        Assert.Equal(4, before.ExitCode);
        Assert.Equal("Inactive", Single(before).GetProperty("activity").GetString());
        Assert.True(started.ExitCode == 0, started.All);
        Assert.Equal("Started", Document(started).GetProperty("outcome").GetString());
        Assert.Equal("Healthy", Document(started).GetProperty("health").GetProperty("verdict").GetString());
        Assert.Equal(0, after.ExitCode);
        var status = Single(after);
        Assert.Equal(await host.AskAsync("systemctl", "is-active", GatewayHost.Unit), status.GetProperty("activity").GetString()!.ToLowerInvariant());
        Assert.Equal(await host.AskAsync("systemctl", "show", "--property=MainPID", "--value", GatewayHost.Unit), status.GetProperty("mainProcessId").GetRawText());
        Assert.EndsWith("bin/uvicorn hx_gateway.main:app --host 0.0.0.0 --port 4010", status.GetProperty("commandLine").GetString(), StringComparison.Ordinal);
        Assert.Equal("pipeline", status.GetProperty("entryPoint").GetString());
        Assert.Equal(4010, status.GetProperty("port").GetInt32());
        Assert.True(status.GetProperty("isListening").GetBoolean());
    }

    [SkippableFact]
    [Trait("Behaviour", "S-05")]
    public async Task S_05_the_wrapper_is_operated_and_logs_by_itself_and_LiteLLM_is_left_alone()
    {
        host.Require();
        await host.AskAsync("systemctl", "start", "hx-litellm-gateway.service");
        var upstream = await host.AskAsync("systemctl", "show", "--property=MainPID", "--value", "hx-litellm-gateway.service");

        foreach (var verb in new[] { "start", "restart", "stop" })
            Assert.Equal(0, (await host.RunAsync("service", verb)).ExitCode);

        Assert.Equal(upstream, await host.AskAsync("systemctl", "show", "--property=MainPID", "--value", "hx-litellm-gateway.service"));
        var lines = Document(await host.RunAsync("gateway", "log", "--unit", GatewayHost.Unit, "--json")).EnumerateArray().ToList();
        Assert.Contains(lines, line => line.GetProperty("text").GetString()!.StartsWith("Started server process", StringComparison.Ordinal));
        Assert.All(lines, line => Assert.Equal(GatewayHost.Unit, line.GetProperty("unit").GetString()));
        Assert.DoesNotContain(lines, line => line.GetProperty("text").GetString()!.Contains("LiteLLM", StringComparison.Ordinal));
    }

    [SkippableFact]
    [Trait("Behaviour", "S-41")]
    public async Task S_41_the_holder_of_a_taken_port_is_named_by_process_and_command_and_lives_on()
    {
        host.Require();
        await host.AskAsync("systemd-run", "--unit=squatter", GatewayHost.Uvicorn, "squatter:app", "--host", "0.0.0.0", "--port", "4010");
        await Eventually.HoldsAsync(() => PortHolders.Of(host.Root, 4010).Length > 0, "the squatter listens");
        var squatter = await host.AskAsync("systemctl", "show", "--property=MainPID", "--value", "squatter.service");

        var run = await host.RunAsync("service", "start", "--json");

        Assert.Equal("active", await host.AskAsync("systemctl", "is-active", "squatter.service"));
        await host.AskAsync("systemctl", "stop", "squatter.service");
        var error = Document(run).GetProperty("error");
        Assert.Equal((1, "UnitStartFailed"), (run.ExitCode, error.GetProperty("id").GetString()));
        var message = error.GetProperty("message").GetString()!;
        Assert.Contains("address already in use", message, StringComparison.Ordinal);
        Assert.Contains($"4010 is held by uvicorn (PID {squatter}), which is not {GatewayHost.Unit}", message, StringComparison.Ordinal);
        Assert.Equal("failed", await host.AskAsync("systemctl", "is-active", GatewayHost.Unit));
    }

    [SkippableFact]
    public async Task One_that_crashes_at_start_ends_failed_with_its_reason_and_its_lines_and_without_its_key()
    {
        host.Require();
        await LayAsync("crash:app");

        var run = await host.RunAsync("service", "start");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("exit-code, exit status", run.Error, StringComparison.Ordinal);
        Assert.Contains("ImportError: no module named app, key [redacted]", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(GatewayHost.Key, run.All, StringComparison.Ordinal);
        Assert.Equal("failed", await host.AskAsync("systemctl", "is-active", GatewayHost.Unit));
    }

    [SkippableFact]
    public async Task One_that_never_becomes_healthy_is_left_running_and_told_within_its_budget()
    {
        host.Require();
        await LayAsync("sick:app");
        var watch = Stopwatch.StartNew();

        var run = await host.RunAsync("service", "start", "--timeout", "2s");

        Assert.Equal(4, run.ExitCode);
        Assert.InRange(watch.Elapsed, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(15));
        Assert.Contains("did not answer healthy within 2 s: /healthz: HTTP 503", run.Error, StringComparison.Ordinal);
        Assert.Contains("ERROR: upstream failed", run.Error, StringComparison.Ordinal);
        Assert.Equal("active", await host.AskAsync("systemctl", "is-active", GatewayHost.Unit));
    }

    [SkippableFact]
    public async Task One_that_never_becomes_active_is_given_up_at_the_limit()
    {
        host.Require();
        await LayAsync("hx_gateway.main:app", "[Service]\nType=notify\nTimeoutStartSec=60\n");

        var run = await host.RunAsync("service", "start", "--timeout", "1s");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("did not become active within 1 s", run.Error, StringComparison.Ordinal);
        Assert.Contains("Started server process", run.Error, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task One_that_takes_no_notice_of_SIGTERM_is_killed_within_its_stop_limit_and_that_is_told()
    {
        host.Require();
        await LayAsync("deaf:app", "[Service]\nTimeoutStopSec=1\n");
        Assert.Equal(0, (await host.RunAsync("service", "start")).ExitCode);
        var watch = Stopwatch.StartNew();

        var run = await host.RunAsync("service", "stop", "--json");

        Assert.True(run.ExitCode == 0, run.All);
        Assert.InRange(watch.Elapsed, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(10));
        Assert.Equal("Killed", Document(run).GetProperty("outcome").GetString());
        Assert.Contains("took no notice of its stop signal", Document(run).GetProperty("reason").GetString(), StringComparison.Ordinal);
        Assert.Equal("", await host.AskAsync("pgrep", "-f", "uvicorn deaf:app"));
    }

    [SkippableFact]
    [Trait("Behaviour", "S-33"), Trait("Behaviour", "S-31")]
    public async Task S_33_S_31_a_changed_routing_file_and_the_drop_ins_in_effect_are_told()
    {
        host.Require();
        host.Machine.WriteUnit(GatewayHost.Unit + ".d/override.conf", "[Service]\nLimitNOFILE=131072\n");
        await host.AskAsync("systemctl", "daemon-reload");
        Assert.Equal(0, (await host.RunAsync("service", "start")).ExitCode);
        Assert.Empty(Single(await host.RunAsync("service", "status", GatewayHost.Unit, "--json")).GetProperty("remarks").EnumerateArray());

        File.SetLastWriteTimeUtc(host.Root.Locate(GatewayHost.Routing), DateTime.UtcNow.AddSeconds(5));
        var stale = Single(await host.RunAsync("service", "status", GatewayHost.Unit, "--json"));

        File.SetLastWriteTimeUtc(host.Root.Locate(GatewayHost.Routing), DateTime.UtcNow.AddHours(-1));
        Assert.Equal([$"{GatewayHost.UnitFile}.d/override.conf"], stale.GetProperty("dropIns").EnumerateArray().Select(path => path.GetString()!));
        Assert.Equal([$"{GatewayHost.Routing} changed after it was started: it takes effect with a restart"],
            stale.GetProperty("remarks").EnumerateArray().Select(remark => remark.GetString()!));
        Assert.Equal("131072", await host.AskAsync("systemctl", "show", "--property=LimitNOFILE", "--value", GatewayHost.Unit));
    }

    [SkippableFact]
    public async Task What_if_starts_nothing_and_an_unknown_unit_is_named_with_the_known_ones()
    {
        host.Require();

        var preview = await host.RunAsync("service", "start", "--what-if");
        var unknown = await host.RunAsync("service", "start", "hx-gatewy-ml");

        Assert.Contains("start it and wait until it is active, at most 35 s", preview.Output, StringComparison.Ordinal);
        Assert.Equal("inactive", await host.AskAsync("systemctl", "is-active", GatewayHost.Unit));
        Assert.Equal(3, unknown.ExitCode);
        Assert.Contains("did you mean 'hx-gateway-ml.service'?", unknown.Error, StringComparison.Ordinal);
    }

    [SkippableFact]
    [Trait("Behaviour", "S-25")]
    public async Task S_25_one_question_answers_a_load_balancer_by_exit_code_and_without_a_key()
    {
        host.Require();
        string[] question = ["gateway", "test", "--profile", "free", "--probe", "wrapper-health"];
        Assert.Equal(0, (await host.RunAsync("service", "start")).ExitCode);
        var up = await host.RunAsync(question);
        Assert.Equal(0, (await host.RunAsync("service", "stop")).ExitCode);
        var down = await host.RunAsync(question);

        Assert.Equal((0, 4), (up.ExitCode, down.ExitCode));
    }

    /// <summary>The service's unit as HxOps writes it, with another application, and drop-in lines.</summary>
    private async Task LayAsync(string application, string dropIn = "")
    {
        await host.ClearAsync();
        var service = host.Open(name => name == "HX_WRAPPER_APP" ? application : null).Deployment.Service!;
        host.Machine.WriteUnit(GatewayHost.Unit, UnitText.Of(service).Replace("User=hx-gateway\nGroup=hx-gateway\n", "", StringComparison.Ordinal));
        host.Write(GatewayHost.EnvironmentFile, $"MASTER_KEY={GatewayHost.Key}\n", UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.SetLastWriteTimeUtc(host.Root.Locate(GatewayHost.EnvironmentFile), DateTime.UtcNow.AddHours(-1));
        if (dropIn.Length > 0)
            host.Machine.WriteUnit(GatewayHost.Unit + ".d/test.conf", dropIn);
        await host.AskAsync("systemctl", "daemon-reload");
    }

    private static JsonElement Document(HxopsRun run) => JsonDocument.Parse(run.Output).RootElement;

    private static JsonElement Single(HxopsRun run) => Document(run).EnumerateArray().Single();
}
