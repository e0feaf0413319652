using HxOps.Gateway;
using HxOps.TestKit;
using Xunit;

namespace HxOps.Core.Tests.Gateway;

public sealed class FaultyStreamTests : IDisposable
{
    private const string EmptyDelta = """{"choices":[{"delta":{"role":"assistant","content":""}}]}""";
    private readonly GateFixture _gate = new();

    [Fact]
    public Task A_stream_without_a_token_is_unhealthy() => ExpectAsync(GateFixture.Stream(), "the stream ends without a token", async exchange =>
    {
        await exchange.SendEventAsync(EmptyDelta);
        await exchange.SendEventAsync("[DONE]");
    });

    [Fact]
    public Task A_late_first_token_is_unhealthy_and_an_empty_one_does_not_count() =>
        ExpectAsync(GateFixture.Stream(firstToken: 0.05), "first token after .*, wanted within 50 ms", async exchange =>
        {
            await exchange.SendEventAsync(EmptyDelta);
            await Task.WhenAny(exchange.HungUpAsync(), Task.Delay(100));
            await exchange.SendEventAsync(GatewayDouble.Chunk("late"));
        });

    [Fact]
    public Task A_stream_that_never_says_anything_ends_at_the_deadline() =>
        ExpectAsync(GateFixture.Stream(seconds: 1.5), "no token within 1.5 s", async exchange =>
        {
            await exchange.SendEventAsync(EmptyDelta);
            await exchange.HungUpAsync();
        });

    [Fact]
    public Task A_model_that_goes_on_for_callers_who_left_is_unhealthy() =>
        ExpectAsync(GateFixture.Stream(cancel: 0.2), "still sending 200 ms after the caller hung up", async exchange =>
        {
            for (var chunk = 0; chunk < 200; chunk++)
            {
                await exchange.SendEventAsync(GatewayDouble.Chunk("on and on"));
                await Task.Delay(10);
            }
        });

    [Fact]
    public Task Tokens_that_are_no_Unicode_are_none() => ExpectAsync(GateFixture.Stream(), "the stream ends without a token", async exchange =>
    {
        await exchange.SendEventAsync("""{"choices":[{"delta":{"content":"\ud800"}}]}""");
        await exchange.SendEventAsync("[DONE]");
    });

    [Fact]
    public Task An_answer_that_is_complete_before_the_hang_up_can_be_seen_tells_nothing_about_it() =>
        ExpectAsync(GateFixture.Stream(cancel: 30), "first token after .*; the answer was complete before a hang-up could be seen", async exchange =>
        {
            for (var chunk = 0; chunk < 10; chunk++)
            {
                await exchange.SendEventAsync(GatewayDouble.Chunk("deaf"));
                await Task.Delay(10);
            }

            await exchange.SendEventAsync("[DONE]");
        }, Verdict.Inconclusive);

    [Fact]
    public Task An_answer_that_comes_all_at_once_tells_nothing_about_a_hang_up_either() =>
        ExpectAsync(GateFixture.Stream(cancel: 30), "first token after .*; the answer was complete before a hang-up could be seen",
            exchange => exchange.SendAsync($"data: {GatewayDouble.Chunk("all")}\n\ndata: [DONE]\n\n"), Verdict.Inconclusive);

    [Fact]
    public Task Broken_json_in_a_stream_is_unhealthy() =>
        ExpectAsync(GateFixture.Stream(), "broken JSON in the stream", exchange => exchange.SendEventAsync("{\"choices\":["));

    [Fact]
    public Task A_stream_of_comments_is_cut_off() => ExpectAsync(GateFixture.Stream(), "over 1 MiB without a token", async exchange =>
    {
        for (var line = 0; line < 4000; line++)
            await exchange.SendAsync(": " + new string('x', 1000) + "\n");
    });

    [Fact]
    public Task A_line_without_end_is_cut_off() =>
        ExpectAsync(GateFixture.Stream(), "a line over 64 KiB", exchange => exchange.SendAsync("data: " + new string('x', 200_000)));

    [Fact]
    public async Task A_whole_answer_is_no_stream()
    {
        _gate.Gateway.On("POST /v1/chat/completions", exchange => exchange.AnswerAsync(200, GatewayDouble.Chat("Four.")));

        Assert.Equal("answers without streaming", (await _gate.AskOneAsync(GateFixture.Stream())).Finding);
    }

    public void Dispose() => _gate.Dispose();

    private async Task ExpectAsync(StreamProbe probe, string finding, Func<GatewayExchange, Task> stream, Verdict verdict = Verdict.Unhealthy)
    {
        _gate.Gateway.On("POST /v1/chat/completions", async exchange =>
        {
            await exchange.BeginAsync(200, "text/event-stream");
            await stream(exchange);
        });

        var result = await _gate.AskOneAsync(probe);

        Assert.Matches($"^{finding}$", result.Finding);
        Assert.Equal(verdict, result.Verdict);
    }
}
