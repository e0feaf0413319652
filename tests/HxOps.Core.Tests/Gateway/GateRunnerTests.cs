using System.Diagnostics;
using System.Text.Json;
using HxOps.Errors;
using HxOps.Gateway;
using HxOps.Reporting;
using HxOps.Services;
using HxOps.TestKit;
using Xunit;

namespace HxOps.Core.Tests.Gateway;

public sealed class GateRunnerTests : IDisposable
{
    private readonly GateFixture _gate = new();

    [Trait("Behaviour", "S-36")]
    [Fact]
    [Trait("Behaviour", "S-36")]
    public async Task S_36_a_wrapper_is_not_blamed_for_its_upstream()
    {
        _gate.Gateway.On("GET /health/liveliness", exchange => exchange.AnswerAsync(503, "{}"));
        _gate.Gateway.On("GET /v1/models", exchange => exchange.AnswerAsync(502, "{}"));

        var report = await _gate.AskAsync(GateFixture.Liveliness(), GateFixture.Healthz(), GateFixture.Models("wrapper", GatewayLayer.Wrapper));

        Assert.Equal(Verdict.Unhealthy, report.Verdict);
        Assert.Equal(Verdict.Unhealthy, report.Layers[GatewayLayer.Upstream]);
        Assert.Equal(Verdict.Healthy, report.Layers[GatewayLayer.Wrapper]);
        Assert.Equal("HTTP 502; the upstream is down", report.Probes[2].Finding);
    }

    [Trait("Behaviour", "S-36")]
    [Fact]
    [Trait("Behaviour", "S-36")]
    public async Task S_36_a_wrapper_that_fails_before_a_living_upstream_is_blamed()
    {
        _gate.Gateway.On("GET /v1/models", exchange => exchange.AnswerAsync(502, "{}"));

        var report = await _gate.AskAsync(GateFixture.Liveliness(), GateFixture.Healthz(), GateFixture.Models("wrapper", GatewayLayer.Wrapper));

        Assert.Equal(Verdict.Healthy, report.Layers[GatewayLayer.Upstream]);
        Assert.Equal(Verdict.Unhealthy, report.Layers[GatewayLayer.Wrapper]);
        Assert.Equal("HTTP 502", report.Probes[2].Finding);
    }

    [Trait("Behaviour", "S-36")]
    [Fact]
    [Trait("Behaviour", "S-36")]
    public async Task S_36_a_wrapper_that_is_down_itself_has_no_excuse()
    {
        _gate.Gateway.On("GET /health/liveliness", exchange => exchange.AnswerAsync(503, "{}"));
        _gate.Gateway.On("GET /healthz", _ => Task.CompletedTask);

        var report = await _gate.AskAsync(GateFixture.Liveliness(), GateFixture.Healthz());

        Assert.Equal(Verdict.Unhealthy, report.Layers[GatewayLayer.Wrapper]);
    }

    [Fact]
    public async Task A_failed_required_probe_outweighs_an_unanswered_one()
    {
        _gate.Gateway.On("GET /health/liveliness", exchange => exchange.HungUpAsync());
        _gate.Gateway.On("GET /v1/models", exchange => exchange.AnswerAsync(500, "{}"));

        Assert.Equal(Verdict.Unhealthy, (await _gate.AskAsync(GateFixture.Liveliness(0.3), GateFixture.Models())).Verdict);
    }

    [Trait("Behaviour", "T-21")]
    [Fact]
    [Trait("Behaviour", "T-21")]
    public async Task T_21_no_key_reaches_report_events_or_words_even_when_the_gateway_echoes_it()
    {
        _gate.Gateway.OnAll(exchange => exchange.AnswerAsync(200, $$"""{"status":"{{GateFixture.Key}}","error":"{{GateFixture.Key}}"}"""));
        _gate.Sample.Write(SampleDeployment.Logs + "/gw-smoke-20250819.log", $"Authorization: Bearer {GateFixture.Key}\nsk-sample-default\n");

        var report = await _gate.AskAsync([.. GateFixture.All, Log()]);

        var everything = JsonSerializer.Serialize(report, HxJson.Output.GateReport) + string.Join('\n', report.Describe()) + string.Join('\n', _gate.Events.Events);
        Assert.DoesNotContain(GateFixture.Key, everything, StringComparison.Ordinal);
        Assert.DoesNotContain("sk-sample-default", everything, StringComparison.Ordinal);
        Assert.Contains(Redactor.Marker, everything, StringComparison.Ordinal);
    }

    [Trait("Behaviour", "C-46")]
    [Fact]
    [Trait("Behaviour", "C-46")]
    public async Task C_46_the_last_lines_of_the_newest_smoke_log_are_shown()
    {
        _gate.Sample.Write(SampleDeployment.Logs + "/gw-smoke-20250819.log", "first\nsecond\n\u001b[31mthird\n");

        var result = await _gate.AskOneAsync(Log() with { Lines = 2 });

        Assert.Equal("gw-smoke-20250819.log", result.Finding);
        Assert.Equal(["second", "?[31mthird"], result.Detail.AsEnumerable());
    }

    [Fact]
    public async Task A_failure_in_the_log_is_counted()
    {
        _gate.Sample.Write(SampleDeployment.Logs + "/gw-smoke-20250819.log", "PASS models\nFAIL chat\nFAIL embeddings\n");

        var result = await _gate.AskOneAsync(Log() with { FailurePattern = "^FAIL" });

        Assert.Equal("gw-smoke-20250819.log: 2 lines of failure", result.Finding);
        Assert.Equal(Verdict.Unhealthy, result.Verdict);
    }

    [Fact]
    public async Task No_log_is_inconclusive() =>
        Assert.Equal(Verdict.Inconclusive, (await _gate.AskOneAsync(new LogProbe("/nowhere/*.log", null, 5)
        {
            Name = "log", Importance = Importance.Wanted, Layer = GatewayLayer.Host, Deadline = TimeSpan.FromSeconds(5),
        })).Verdict);

    [Trait("Behaviour", "C-42")]
    [Theory]
    [InlineData(UnitActivity.Active, Verdict.Healthy, "active")]
    [InlineData(UnitActivity.Inactive, Verdict.Unhealthy, "inactive")]
    [InlineData(UnitActivity.Failed, Verdict.Unhealthy, "failed (exit-code)")]
    [InlineData(UnitActivity.Activating, Verdict.Unhealthy, "activating")]
    [InlineData(UnitActivity.Absent, Verdict.Unhealthy, "no unit hx-litellm-gateway.service")]
    [Trait("Behaviour", "C-42")]
    public async Task C_42_only_an_active_unit_is_healthy(UnitActivity activity, Verdict verdict, string finding)
    {
        _gate.Sample.Services = new OneUnit(activity);

        var result = await _gate.AskOneAsync(new UnitProbe("hx-litellm-gateway.service")
        {
            Name = "gateway", Importance = Importance.Required, Layer = GatewayLayer.Upstream, Deadline = TimeSpan.FromSeconds(5),
        });

        Assert.Equal(verdict, result.Verdict);
        Assert.Equal(finding, result.Finding);
    }

    [Fact]
    public async Task The_free_profile_makes_no_model_work()
    {
        var report = await _gate.AskAsync(new GateRequest { Profile = GateProfile.Free }, GateFixture.All);

        Assert.Equal(["liveliness", "models", "llm-01", "healthz"], report.Probes.Select(probe => probe.Id));
        Assert.DoesNotContain(_gate.Gateway.Received, request => request.Route.StartsWith("POST", StringComparison.Ordinal) || request.Route == "GET /health");
    }

    [Trait("Behaviour", "C-51")]
    [Fact]
    [Trait("Behaviour", "C-51")]
    public async Task C_51_only_the_named_probes_are_asked()
    {
        var report = await _gate.AskAsync(new GateRequest { Probes = ["chat"] }, GateFixture.All);

        Assert.Equal("chat", Assert.Single(report.Probes).Id);
    }

    [Fact]
    public async Task An_unknown_probe_is_refused_with_the_nearest_name()
    {
        var failure = await Assert.ThrowsAsync<HxException>(() => _gate.AskAsync(new GateRequest { Probes = ["livelines"] }, GateFixture.All));

        Assert.Equal(GatewayErrors.ProbeNotFound, failure.Id);
        Assert.Contains("'liveliness'", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_costly_probe_is_refused_in_the_free_profile()
    {
        var failure = await Assert.ThrowsAsync<HxException>(
            () => _gate.AskAsync(new GateRequest { Profile = GateProfile.Free, Probes = ["chat"] }, GateFixture.All));

        Assert.Equal(GatewayErrors.ProbeNotInProfile, failure.Id);
    }

    [Fact]
    public async Task Waiting_ends_as_soon_as_the_gateway_is_healthy()
    {
        var asked = 0;
        _gate.Gateway.On("GET /health/liveliness", exchange => exchange.AnswerAsync(Interlocked.Increment(ref asked) < 3 ? 503 : 200, "{}"));
        var watch = Stopwatch.StartNew();

        var report = await _gate.AskAsync(new GateRequest { Wait = TimeSpan.FromSeconds(30) }, [GateFixture.Liveliness(), GateFixture.Chat()]);

        Assert.Equal(Verdict.Healthy, report.Verdict);
        Assert.Equal(3, report.Rounds);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(15), $"took {watch.Elapsed}");
        Assert.Contains(_gate.Events.Events.OfType<ProgressEvent>(), progress => progress is { Unit: ProgressUnit.Milliseconds, Total: 30_000 });
        Assert.Equal(2, _gate.Gateway.Received.Count(request => request.Route.StartsWith("POST", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Waiting_in_vain_ends_in_time_with_a_whole_report()
    {
        _gate.Gateway.On("GET /health/liveliness", exchange => exchange.AnswerAsync(503, "{}"));

        var report = await _gate.AskAsync(new GateRequest { Wait = TimeSpan.FromSeconds(0.5) }, GateFixture.All);

        Assert.Equal(Verdict.Unhealthy, report.Verdict);
        Assert.Equal(GateFixture.All.Select(probe => probe.Name), report.Probes.Select(probe => probe.Id));
        Assert.InRange(report.Elapsed, TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task Waiting_tells_a_finding_once_however_many_rounds_repeat_it()
    {
        _gate.Gateway.On("GET /health/liveliness", exchange => exchange.AnswerAsync(503, "{}"));

        var report = await _gate.AskAsync(new GateRequest { Wait = TimeSpan.FromSeconds(0.5) }, GateFixture.All);

        Assert.True(report.Rounds > 1);
        Assert.Single(_gate.Events.Events.OfType<DetailEvent>(), detail => detail.Message.StartsWith("liveliness:", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_stopped_caller_gets_no_report()
    {
        using var stop = new CancellationTokenSource();
        _gate.Gateway.OnAll(exchange =>
        {
            stop.Cancel();
            return exchange.HungUpAsync();
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _gate.AskAsync(GateRequest.Once, GateFixture.All, stop.Token));
    }

    public void Dispose() => _gate.Dispose();

    private static LogProbe Log() => new(SampleDeployment.Logs + "/gw-smoke-*.log", null, 10)
    {
        Name = "smoke-log", Importance = Importance.Wanted, Layer = GatewayLayer.Host, Deadline = TimeSpan.FromSeconds(5),
    };
}
