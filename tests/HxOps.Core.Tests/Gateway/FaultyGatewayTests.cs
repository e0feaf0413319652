using System.Diagnostics;
using HxOps.Gateway;
using HxOps.TestKit;
using Xunit;

namespace HxOps.Core.Tests.Gateway;

/// <summary>Every way of being broken gets a clear verdict in bounded time.</summary>
public sealed class FaultyGatewayTests : IDisposable
{
    private readonly GateFixture _gate = new();

    [Fact]
    public async Task A_gateway_that_hangs_is_inconclusive_at_the_deadline()
    {
        _gate.Gateway.OnAll(exchange => exchange.HungUpAsync());
        var watch = Stopwatch.StartNew();

        var report = await _gate.AskAsync(GateFixture.Liveliness(seconds: 0.3), GateFixture.Models(seconds: 0.3));

        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(5), $"took {watch.Elapsed}");
        Assert.Equal(Verdict.Inconclusive, report.Verdict);
        Assert.All(report.Probes, probe => Assert.Equal("no answer within 300 ms", probe.Finding));
    }

    [Fact]
    public async Task A_hanging_probe_does_not_hold_up_the_others()
    {
        _gate.Gateway.On("GET /v1/models", exchange => exchange.HungUpAsync());

        var report = await _gate.AskAsync(GateFixture.Models(seconds: 0.5), GateFixture.Liveliness());

        Assert.Equal([Verdict.Inconclusive, Verdict.Healthy], report.Probes.Select(probe => probe.Verdict));
        Assert.True(report.Probes[1].Elapsed < report.Probes[0].Elapsed);
    }

    [Fact]
    public async Task Headers_that_trickle_in_end_at_the_deadline()
    {
        _gate.Gateway.On("GET /v1/models", async exchange =>
        {
            await exchange.SendAsync("HTTP/1.1 200 OK\r\nX-Slow: ");
            var hungUp = exchange.HungUpAsync();
            while (!hungUp.IsCompleted)
            {
                await exchange.SendAsync("a");
                await Task.WhenAny(hungUp, Task.Delay(20));
            }
        });

        Assert.Equal(Verdict.Inconclusive, (await _gate.AskOneAsync(GateFixture.Models(seconds: 0.4))).Verdict);
    }

    [Fact]
    public async Task An_answer_that_stops_in_the_middle_is_unhealthy()
    {
        _gate.Gateway.On("GET /v1/models", async exchange =>
        {
            await exchange.SendAsync("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n{\"data\":");
            await exchange.HungUpAsync();
        });

        await ExpectAsync(GateFixture.Models(seconds: 0.4), "HTTP 200, then silence in the middle of the answer");
    }

    [Fact]
    public async Task Refused_connections_are_unhealthy_and_name_the_endpoint()
    {
        _gate.Gateway.Dispose();

        var result = await ExpectAsync(GateFixture.Models(), "connection refused");

        Assert.Contains($"127.0.0.1:{_gate.Gateway.Port}", result.Remedy, StringComparison.Ordinal);
        Assert.Contains("hx-litellm-gateway.service", result.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_closed_port_is_unhealthy()
    {
        _gate.Gateway.Dispose();

        await ExpectAsync(Port(), "connection refused");
    }

    [Fact]
    public async Task An_open_port_is_healthy() => Assert.Equal(Verdict.Healthy, (await _gate.AskOneAsync(Port())).Verdict);

    [Fact]
    public async Task Html_is_not_taken_for_an_answer()
    {
        _gate.Gateway.On("GET /v1/models", exchange => exchange.AnswerAsync(200, "<html>Welcome</html>", "text/html; charset=utf-8"));

        await ExpectAsync(GateFixture.Models(), "answers HTML, not JSON");
    }

    [Fact]
    public async Task Html_that_calls_itself_json_is_not_taken_for_an_answer()
    {
        _gate.Gateway.On("GET /v1/models", exchange => exchange.AnswerAsync(200, "\n <!doctype html>"));

        await ExpectAsync(GateFixture.Models(), "answers HTML, not JSON");
    }

    [Fact]
    public async Task Ten_gigabytes_are_cut_off_whether_announced_or_not()
    {
        var sent = 0L;
        _gate.Gateway.On("GET /v1/models", async exchange =>
        {
            await exchange.BeginAsync(200, "application/json");
            var block = new byte[64 << 10];
            for (; sent < 10L << 30; sent += block.Length)
                await exchange.SendAsync(block);
        });
        _gate.Gateway.On("GET /api/tags", exchange => exchange.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 10737418240\r\n\r\n"));

        var report = await _gate.AskAsync(GateFixture.Models(), GateFixture.Backend());

        Assert.All(report.Probes, probe => Assert.Equal("answers more than 1 MiB", probe.Finding));
        Assert.InRange(sent, 0, 64L << 20);
    }

    [Theory]
    [InlineData("""{"data":[{"id":"emb""", "answers broken JSON")]
    [InlineData("", "answers nothing")]
    [InlineData("[]", "no list of models in the answer")]
    [InlineData("""{"data":"none"}""", "no list of models in the answer")]
    [InlineData("""{"data":[]}""", "0 models, not 16; missing: emb-premium")]
    public async Task Json_of_another_shape_is_unhealthy(string body, string finding)
    {
        _gate.Gateway.On("GET /v1/models", exchange => exchange.AnswerAsync(200, body));

        await ExpectAsync(GateFixture.Models(), finding);
    }

    [Fact]
    public async Task A_name_that_is_no_Unicode_is_no_name()
    {
        _gate.Gateway.On("GET /v1/models", exchange => exchange.AnswerAsync(200, """{"data":[{"id":"\ud800"}, {"id":"emb-premium"}, {"\ud800d":"x"}]}"""));

        await ExpectAsync(GateFixture.Models(), "3 models, not 16");
    }

    [Fact]
    public async Task A_chat_of_half_a_surrogate_pair_has_no_content()
    {
        _gate.Gateway.On("POST /v1/chat/completions", exchange => exchange.AnswerAsync(200, """{"choices":[{"message":{"content":"\udc00"}}]}"""));

        await ExpectAsync(GateFixture.Chat(), "an answer without content");
    }

    [Fact]
    public async Task A_status_of_bytes_that_are_no_UTF_8_is_broken_text()
    {
        _gate.Gateway.On("GET /healthz", exchange => exchange.SendAsync((byte[])
            [.. "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 15\r\n\r\n{\"status\":\""u8, 0xFF, 0xFE, .. "\"}"u8]));

        await ExpectAsync(GateFixture.Healthz(), "status is broken text");
    }

    [Fact]
    public async Task Json_nested_without_end_is_refused()
    {
        _gate.Gateway.On("GET /v1/models", exchange => exchange.AnswerAsync(200, new string('[', 100_000)));

        await ExpectAsync(GateFixture.Models(), "answers broken JSON");
    }

    [Trait("Behaviour", "C-43")]
    [Theory]
    [InlineData(15, "15 models, not 16")]
    [InlineData(17, "17 models, not 16")]
    [Trait("Behaviour", "C-43")]
    public async Task C_43_another_number_of_models_is_unhealthy(int count, string finding)
    {
        _gate.Gateway.On("GET /v1/models", exchange => exchange.AnswerAsync(200, GatewayDouble.Models(count)));

        await ExpectAsync(GateFixture.Models(), finding);
    }

    [Trait("Behaviour", "C-43")]
    [Fact]
    [Trait("Behaviour", "C-43")]
    public async Task C_43_a_missing_model_is_named_although_the_count_is_right()
    {
        _gate.Gateway.On("GET /v1/models", exchange => exchange.AnswerAsync(200, GatewayDouble.Models(16).Replace("emb-premium", "emb-other", StringComparison.Ordinal)));

        await ExpectAsync(GateFixture.Models(), "16 models; missing: emb-premium");
    }

    [Trait("Behaviour", "C-44")]
    [Fact]
    [Trait("Behaviour", "C-44")]
    public async Task C_44_other_dimensions_are_unhealthy()
    {
        _gate.Gateway.On("POST /v1/embeddings", exchange => exchange.AnswerAsync(200, GatewayDouble.Embedding(768)));

        await ExpectAsync(GateFixture.Embeddings(), "768 dimensions, not 1024");
    }

    [Trait("Behaviour", "C-45")]
    [Trait("Behaviour", "T-28")]
    [Fact]
    [Trait("Behaviour", "C-45"), Trait("Behaviour", "T-28")]
    public async Task C_45_T_28_a_chat_that_answers_differently_is_unhealthy()
    {
        var answers = 0;
        _gate.Gateway.On("POST /v1/chat/completions", exchange => exchange.AnswerAsync(200, GatewayDouble.Chat($"Answer {Interlocked.Increment(ref answers)}")));

        await ExpectAsync(GateFixture.Chat(), "the same request gave two different answers");
    }

    [Trait("Behaviour", "T-28")]
    [Fact]
    [Trait("Behaviour", "T-28")]
    public async Task T_28_two_empty_answers_are_equal_and_unhealthy_all_the_same()
    {
        _gate.Gateway.On("POST /v1/chat/completions", exchange => exchange.AnswerAsync(200, GatewayDouble.Chat("")));

        await ExpectAsync(GateFixture.Chat(), "an answer without content");
    }

    [Theory]
    [InlineData(500, "HTTP 500")]
    [InlineData(503, "HTTP 503")]
    [InlineData(404, "HTTP 404")]
    [InlineData(302, "HTTP 302, a redirect")]
    public async Task Another_status_is_unhealthy_whatever_the_body_says(int status, string finding)
    {
        _gate.Gateway.On("GET /v1/models", exchange => exchange.AnswerAsync(status, GatewayDouble.Models(16)));

        await ExpectAsync(GateFixture.Models(), finding);
    }

    [Fact]
    public async Task A_redirect_loop_is_asked_once()
    {
        _gate.Gateway.On("GET /v1/models", exchange => exchange.SendAsync("HTTP/1.1 302 Found\r\nLocation: /v1/models\r\nContent-Length: 0\r\n\r\n"));

        await ExpectAsync(GateFixture.Models(), "HTTP 302, a redirect");

        Assert.Single(_gate.Gateway.Received);
    }

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    public async Task A_key_that_is_not_accepted_is_inconclusive_and_names_the_variable(int status)
    {
        _gate.Gateway.On("GET /v1/models", exchange => exchange.AnswerAsync(status, $"{{\"error\":{{\"message\":\"bad key {GateFixture.Key}\"}}}}"));

        var result = await _gate.AskOneAsync(GateFixture.Models());

        Assert.Equal(Verdict.Inconclusive, result.Verdict);
        Assert.Equal($"HTTP {status}, the key is not accepted", result.Finding);
        Assert.Contains("MASTER_KEY", result.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_not_http_is_said_so()
    {
        _gate.Gateway.On("GET /v1/models", exchange => exchange.SendAsync("SSH-2.0-OpenSSH_9.2\r\n\r\n"));

        await ExpectAsync(GateFixture.Models(), "does not answer in HTTP");
    }

    [Fact]
    public async Task A_connection_that_closes_without_an_answer_is_unhealthy()
    {
        _gate.Gateway.On("GET /v1/models", _ => Task.CompletedTask);

        await ExpectAsync(GateFixture.Models(), "connection closed without an answer");
    }

    [Trait("Behaviour", "S-24")]
    [Fact]
    [Trait("Behaviour", "S-24")]
    public async Task S_24_a_wrapper_that_answers_otherwise_than_ok_is_unhealthy()
    {
        _gate.Gateway.On("GET /healthz", exchange => exchange.AnswerAsync(200, """{"status":"degraded"}"""));

        await ExpectAsync(GateFixture.Healthz(), "status is 'degraded', not 'ok'");
    }

    [Trait("Behaviour", "T-22")]
    [Fact]
    [Trait("Behaviour", "T-22")]
    public async Task T_22_a_gateway_that_does_not_live_is_not_asked_for_its_models()
    {
        _gate.Gateway.On("GET /health/liveliness", exchange => exchange.AnswerAsync(503, "{}"));

        var result = await _gate.AskOneAsync(GateFixture.Deep());

        Assert.Equal("not asked: /health/liveliness answers HTTP 503", result.Finding);
        Assert.DoesNotContain(_gate.Gateway.Received, request => request.Route == "GET /health");
    }

    [Trait("Behaviour", "T-22")]
    [Fact]
    [Trait("Behaviour", "T-22")]
    public async Task T_22_unhealthy_models_are_counted_and_do_not_change_the_verdict_of_the_gate()
    {
        _gate.Gateway.On("GET /health", exchange => exchange.AnswerAsync(200, """{"healthy_count":14,"unhealthy_count":2}"""));

        var report = await _gate.AskAsync(GateFixture.Liveliness(), GateFixture.Deep());

        Assert.Equal("2 models unhealthy, 14 healthy", report.Probes[1].Finding);
        Assert.Equal(Verdict.Unhealthy, report.Probes[1].Verdict);
        Assert.Equal(Verdict.Healthy, report.Verdict);
    }

    [Trait("Behaviour", "C-50")]
    [Fact]
    [Trait("Behaviour", "C-50")]
    public async Task C_50_a_backend_without_models_is_unhealthy()
    {
        _gate.Gateway.On("GET /api/tags", exchange => exchange.AnswerAsync(200, """{"models":[]}"""));

        await ExpectAsync(GateFixture.Backend(), "no models");
    }

    public void Dispose() => _gate.Dispose();

    private PortProbe Port() => new("127.0.0.1", _gate.Gateway.Port)
    {
        Name = "port", Importance = Importance.Required, Layer = GatewayLayer.Host, Deadline = TimeSpan.FromSeconds(5),
    };

    private async Task<ProbeResult> ExpectAsync(ProbeDefinition probe, string finding)
    {
        var result = await _gate.AskOneAsync(probe);
        Assert.Equal(finding, result.Finding);
        Assert.Equal(Verdict.Unhealthy, result.Verdict);
        Assert.NotEqual("", result.Remedy);
        return result;
    }
}
