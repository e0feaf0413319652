using HxOps.Gateway;
using Xunit;

namespace HxOps.Core.Tests.Gateway;

public sealed class HealthyGatewayTests : IDisposable
{
    private readonly GateFixture _gate = new();

    [Fact]
    public async Task A_healthy_gateway_passes_every_probe_in_the_order_of_the_file()
    {
        var report = await _gate.AskAsync(GateFixture.All);

        Assert.All(report.Probes, probe => Assert.True(probe.Verdict == Verdict.Healthy, $"{probe.Id}: {probe.Finding}"));
        Assert.Equal(Verdict.Healthy, report.Verdict);
        Assert.Equal(GateFixture.All.Select(probe => probe.Name), report.Probes.Select(probe => probe.Id));
        Assert.All(report.Probes, probe => Assert.Equal("", probe.Remedy));
        Assert.Equal(1, report.Rounds);
    }

    [Trait("Behaviour", "C-43")]
    [Fact]
    [Trait("Behaviour", "C-43")]
    public async Task C_43_sixteen_models_are_counted() =>
        Assert.Equal("16 models", (await _gate.AskOneAsync(GateFixture.Models())).Finding);

    [Trait("Behaviour", "C-44")]
    [Fact]
    [Trait("Behaviour", "C-44")]
    public async Task C_44_the_embedding_of_emb_premium_has_1024_dimensions()
    {
        var result = await _gate.AskOneAsync(GateFixture.Embeddings());

        Assert.Equal("1024 dimensions", result.Finding);
        Assert.Contains("\"model\":\"emb-premium\"", Assert.Single(_gate.Gateway.Received).Body, StringComparison.Ordinal);
    }

    [Trait("Behaviour", "C-45")]
    [Trait("Behaviour", "T-28")]
    [Fact]
    [Trait("Behaviour", "C-45"), Trait("Behaviour", "T-28")]
    public async Task C_45_T_28_the_same_request_goes_out_twice_with_nothing_left_to_chance()
    {
        var result = await _gate.AskOneAsync(GateFixture.Chat());

        Assert.Equal(Verdict.Healthy, result.Verdict);
        Assert.Equal(2, _gate.Gateway.Received.Count);
        var body = Assert.Single(_gate.Gateway.Received.Select(request => request.Body).Distinct());
        Assert.Contains("\"temperature\":0,\"seed\":42", body, StringComparison.Ordinal);
    }

    [Trait("Behaviour", "C-48")]
    [Fact]
    [Trait("Behaviour", "C-48")]
    public async Task C_48_the_key_of_the_environment_goes_out_as_bearer()
    {
        await _gate.AskOneAsync(GateFixture.Models());

        Assert.Contains("Authorization: Bearer " + GateFixture.Key, Assert.Single(_gate.Gateway.Received).Head, StringComparison.Ordinal);
    }

    [Trait("Behaviour", "C-49")]
    [Fact]
    [Trait("Behaviour", "C-49")]
    public async Task C_49_without_the_variable_the_documented_default_key_goes_out()
    {
        _gate.Sample.Environment.Clear();

        await _gate.AskOneAsync(GateFixture.Models());

        Assert.Contains("Authorization: Bearer sk-sample-default", Assert.Single(_gate.Gateway.Received).Head, StringComparison.Ordinal);
    }

    [Trait("Behaviour", "S-24")]
    [Fact]
    [Trait("Behaviour", "S-24")]
    public async Task S_24_healthz_is_asked_without_a_key_and_must_say_ok()
    {
        var result = await _gate.AskOneAsync(GateFixture.Healthz());

        Assert.Equal(Verdict.Healthy, result.Verdict);
        Assert.DoesNotContain("Authorization", Assert.Single(_gate.Gateway.Received).Head, StringComparison.OrdinalIgnoreCase);
    }

    [Trait("Behaviour", "C-50")]
    [Fact]
    [Trait("Behaviour", "C-50")]
    public async Task C_50_a_backend_tells_its_models() =>
        Assert.Equal("2 models", (await _gate.AskOneAsync(GateFixture.Backend())).Finding);

    [Fact]
    public async Task The_first_token_is_the_first_that_says_something_and_hanging_up_is_measured()
    {
        var result = await _gate.AskOneAsync(GateFixture.Stream());

        Assert.Equal(Verdict.Healthy, result.Verdict);
        Assert.Matches("^first token after .*s, hung up in .*s$", result.Finding);
    }

    [Trait("Behaviour", "T-22")]
    [Fact]
    [Trait("Behaviour", "T-22")]
    public async Task T_22_liveliness_is_asked_before_the_deep_health_page()
    {
        await _gate.AskOneAsync(GateFixture.Deep());

        Assert.Equal(["GET /health/liveliness", "GET /health"], _gate.Gateway.Received.Select(request => request.Route));
    }

    public void Dispose() => _gate.Dispose();
}
