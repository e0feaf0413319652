using HxOps.Gateway;
using HxOps.Rollback.Criteria;
using Xunit;

namespace HxOps.Core.Tests.Gateway;

public sealed class GatewayMeterTests : IDisposable
{
    private readonly GateFixture _gate = new();

    [Theory]
    [InlineData(401)]
    [InlineData(429)]
    public async Task A_gateway_that_does_not_let_the_asker_in_gives_no_signal_and_no_decision(int status)
    {
        _gate.Gateway.OnAll(exchange => exchange.AnswerAsync(status, "{}"));

        var measured = await MeasureAsync();

        Assert.Equal(new RollbackSignals(), measured.Signals);
        Assert.Equal((measured.Requests, 0), (measured.Unjudged, measured.Failures));
        Assert.Contains(_gate.Events.Warnings, warning => warning.Id == "RequestsUnjudged" && warning.Message.Contains($"HTTP {status}", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_key_that_is_not_accepted_takes_nothing_from_what_the_others_show()
    {
        _gate.Gateway.On("GET /v1/models", exchange => exchange.AnswerAsync(401, "{}"));
        _gate.Gateway.On("GET /healthz", exchange => exchange.AnswerAsync(500, "{}"));

        var measured = await MeasureAsync();

        Assert.Equal((100.0, 1, 1), (measured.Signals.ErrorRatePercent, measured.Failures, measured.Unjudged));
    }

    [Fact]
    public async Task Silence_is_a_failure()
    {
        _gate.Gateway.On("GET /v1/models", exchange => exchange.HungUpAsync());

        var measured = await MeasureAsync(GateFixture.Models(seconds: 0.3));

        Assert.Equal((50.0, 1, 0), (measured.Signals.ErrorRatePercent, measured.Failures, measured.Unjudged));
    }

    public void Dispose() => _gate.Dispose();

    private async Task<GatewayMeasurement> MeasureAsync(ModelsProbe? models = null)
    {
        await _gate.AskAsync(models ?? GateFixture.Models(), GateFixture.Healthz());
        return await new GatewayMeter(_gate.Sample.Context).MeasureAsync(GateProfile.Free, TimeSpan.Zero, null, _gate.Events, default);
    }
}
