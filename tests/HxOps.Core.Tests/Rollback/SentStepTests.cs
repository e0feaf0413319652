using HxOps.Errors;
using HxOps.Rollback.Running;
using HxOps.TestKit;
using Xunit;

namespace HxOps.Core.Tests.Rollback;

/// <summary>Requests whose effect comes when their sender is long gone.</summary>
public sealed class SentStepTests : IDisposable
{
    private readonly PlanFixture _fixture = new();
    private readonly GatewayDouble _service = new();
    private int _orders;
    private int _looks;
    private volatile bool _isApplied;

    public SentStepTests()
    {
        _service.On("POST /apply", exchange =>
        {
            Interlocked.Increment(ref _orders);
            return exchange.HungUpAsync();
        });
        _service.On("GET /applied", exchange =>
        {
            var answer = _isApplied ? "yes" : "no";
            Interlocked.Increment(ref _looks);
            return exchange.AnswerAsync(200, answer);
        });
    }

    [Fact]
    public async Task A_post_whose_effect_is_still_on_its_way_is_waited_for_and_not_sent_again()
    {
        await _fixture.RunAndKillAsync(Apply("30s"), () => _orders > 0);
        var before = _looks;

        var resumed = _fixture.ResumeAsync();
        await Eventually.HoldsAsync(() => _looks > before, "the resumed run looks");
        _isApplied = true;

        Assert.Equal(RunOutcome.Succeeded, (await resumed).Outcome);
        Assert.Equal(1, _orders);
    }

    [Fact]
    public async Task A_post_whose_effect_does_not_come_is_a_persons_doubt()
    {
        await _fixture.RunAndKillAsync(Apply("4s"), () => _orders > 0);

        var doubt = await Assert.ThrowsAsync<HxException>(() => _fixture.ResumeAsync());
        var told = await _fixture.ResumeAsync(DoubtRule.Skip);

        Assert.Equal(RunErrors.StepInDoubt, doubt.Id);
        Assert.Equal(RunOutcome.Succeeded, told.Outcome);
        Assert.Equal(1, _orders);
    }

    public void Dispose()
    {
        _service.Dispose();
        _fixture.Dispose();
    }

    private string Apply(string budget) => $$"""
              - name: apply
                budget: {{budget}}
                action: { do: http, method: POST, url: "{{_service.Url}}apply", body: "{}" }
                observe: [{ see: http, url: "{{_service.Url}}applied", contains: "yes" }]

        """;
}
