using System.Text.RegularExpressions;
using HxOps.Rollback.Running;
using HxOps.TestKit;
using Xunit;

namespace HxOps.Core.Tests.Rollback;

public sealed class StreamStepTests : IDisposable
{
    private const string Route = "GET /stream?route=critique&seed=42";

    private readonly PlanFixture _fixture = new();
    private readonly GatewayDouble _gateway = new();

    [Fact]
    [Trait("Behaviour", "P-35")]
    public async Task A_stream_that_begins_in_time_and_ends_with_its_caller_is_seen()
    {
        _gateway.On(Route, async exchange =>
        {
            await exchange.BeginAsync(200, "text/event-stream");
            await exchange.SendEventAsync("""{"delta": ""}""");
            await exchange.SendEventAsync("""{"delta": "Consider"}""");
            await exchange.HungUpAsync();
        });

        var result = await RunAsync();

        Assert.Equal(RunOutcome.Succeeded, result.Outcome);
        Assert.Matches(@"first text after \d+ ms, ended \d+ ms after the hang-up", result.Steps[0].Finding);
    }

    [Fact]
    [Trait("Behaviour", "P-37")]
    public async Task A_first_token_that_comes_too_late_is_not_covered_by_empty_ones()
    {
        _gateway.On(Route, async exchange =>
        {
            await exchange.BeginAsync(200, "text/event-stream");
            await exchange.SendEventAsync("""{"delta": ""}""");
            await Task.Delay(600);
            await exchange.SendEventAsync("""{"delta": "late"}""");
            await exchange.HungUpAsync();
        });

        var reason = Assert.Single((await RunAsync()).Reasons);

        Assert.True(Regex.IsMatch(reason, @"first text after ([6-9]|\d\d)\d\d ms"), reason);
    }

    [Fact]
    [Trait("Behaviour", "P-38")]
    public async Task A_stream_that_goes_on_without_its_caller_is_seen()
    {
        _gateway.On(Route, async exchange =>
        {
            await exchange.BeginAsync(200, "text/event-stream");
            for (var rest = 200; rest > 0; rest--)
            {
                await exchange.SendEventAsync("""{"delta": "on and on"}""");
                await Task.Delay(20);
            }
        });

        Assert.Contains("still sending 150 ms after the hang-up", Assert.Single((await RunAsync()).Reasons), StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Behaviour", "P-38")]
    public async Task A_stream_that_is_complete_before_its_caller_hangs_up_shows_nothing_of_that()
    {
        _gateway.On(Route, async exchange =>
        {
            await exchange.BeginAsync(200, "text/event-stream");
            await exchange.SendEventAsync("""{"delta": "all"}""");
            await exchange.SendEventAsync("[DONE]");
        });

        var result = await RunAsync();

        Assert.NotEqual(RunOutcome.Succeeded, result.Outcome);
        Assert.Contains("the answer was complete before a hang-up could be seen", string.Concat(result.Reasons), StringComparison.Ordinal);
    }

    [Theory]
    [Trait("Behaviour", "P-33")]
    [InlineData("TTFF: 320 ms\nCancel latency: 90.5ms", "")]
    [InlineData("TTFF 320\nTTFF 510\ncancel 9", "ttff is 510, not below 500")]
    [InlineData("ttff=500 cancel=9", "ttff is 500, not below 500")]
    [InlineData("TTFF: 3 ms\ncancel latency: 150 ms", "cancel is 150, not below 150")]
    [InlineData("cancel: 20", "its output tells no ttff")]
    [InlineData("TTFF p95: 1620 ms\ncancel: 20", "ttff is 1620, not below 500")]
    [InlineData("TTFF: 320 ms\ncancel latency (p50): 900 ms", "cancel is 900, not below 150")]
    [InlineData("TTFF: 1,250 ms\ncancel: 20", "its output tells no ttff")]
    [InlineData("TTFF: 2.5 s\ncancel: 20", "ttff is 2500, not below 500")]
    [InlineData("TTFF: 0.3s, cancel: 20ms.", "")]
    [InlineData("TTFF: -1 ms\ncancel: 20", "its output tells no ttff")]
    public async Task Times_are_read_from_the_output_of_the_smoke_test(string output, string words)
    {
        File.WriteAllText(_fixture["smoke.out"], output);
        var result = await _fixture.RunAsync(_fixture.Plan("      - { name: smoke, budget: 5s, action: { do: command, program: cat, arguments: [smoke.out], limits: { ttff: 500, cancel: 150 } } }\n"));

        Assert.Equal(words.Length == 0, result.Outcome == RunOutcome.Succeeded);
        Assert.Contains(words, string.Concat(result.Reasons), StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _fixture.Dispose();
        _gateway.Dispose();
    }

    private Task<RunResult> RunAsync() => _fixture.RunAsync(_fixture.Plan($$"""
              - name: demo
                budget: 2s
                action: { do: wait }
                observe: [{ see: stream, url: "{{_gateway.Url}}stream?route=critique&seed=42", first-token: 500ms, cancel: 150ms }]
        """));
}
