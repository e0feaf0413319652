using System.Diagnostics;
using HxOps.Errors;
using HxOps.Gateway;
using Xunit;

namespace HxOps.Core.Tests.Gateway;

public sealed class GateWatchTests : IDisposable
{
    private static readonly TimeSpan s_soon = TimeSpan.FromMilliseconds(100);
    private readonly GateFixture _gate = new();
    private int _looks;

    [Fact]
    public async Task Each_look_tells_the_verdict_since_when_and_what_has_failed_and_recovered()
    {
        var begun = _gate.Sample.Clock.Now;
        Answer(look => look is 3 or 4 ? 503 : 200);

        var looks = await TakeAsync(5, new WatchRequest { Interval = s_soon });

        Assert.Equal([Verdict.Healthy, Verdict.Healthy, Verdict.Unhealthy, Verdict.Unhealthy, Verdict.Healthy], looks.Select(look => look.Verdict));
        Assert.Equal([0, 1, 2, 3, 4], looks.Select(look => (look.TimeUtc - begun).TotalMinutes));
        Assert.Equal([0, 0, 2, 2, 4], looks.Select(look => (look.SinceUtc - begun).TotalMinutes));
        Assert.Equal([true, false, true, false, true], looks.Select(look => look.IsChange));
        Assert.Equal(["", "", "liveliness: HTTP 503", "liveliness: HTTP 503", "liveliness: recovered"], looks.Select(look => look.Summary));
        Assert.Equal(["", "", "liveliness", "", ""], looks.Select(look => string.Join(',', look.Failed)));
        Assert.Equal(["", "", "", "", "liveliness"], looks.Select(look => string.Join(',', look.Recovered)));
        Assert.All(looks, look => Assert.Equal((2, "sample"), (look.Asked, look.Id)));
    }

    [Fact]
    public async Task Only_changes_are_told_on_request_and_another_finding_is_none()
    {
        Answer(look => look switch { 1 or 2 => 200, 3 => 500, 4 or 5 => 503, _ => 200 });

        var looks = await TakeAsync(3, new WatchRequest { Interval = s_soon, OnChange = true });

        Assert.Equal(["", "liveliness: HTTP 500", "liveliness: recovered"], looks.Select(look => look.Summary));
        Assert.Equal(6, _looks);
        Assert.Equal(TimeSpan.FromMinutes(3), looks[2].SinceUtc - looks[1].SinceUtc);
    }

    [Fact]
    public async Task A_wanted_probe_that_begins_to_fail_is_a_change_though_the_verdict_stays()
    {
        var healthz = GateFixture.Healthz() with { Importance = Importance.Wanted };
        Answer(_ => 200);
        _gate.Gateway.On("GET /healthz", exchange => exchange.AnswerAsync(_looks < 3 ? 200 : 500, """{"status":"ok"}"""));

        var looks = await TakeAsync(2, new WatchRequest { Interval = s_soon, OnChange = true }, healthz);

        Assert.Equal([Verdict.Healthy, Verdict.Healthy], looks.Select(look => look.Verdict));
        Assert.Equal(["healthz"], looks[1].Failed.AsEnumerable());
        Assert.Equal(looks[0].SinceUtc, looks[1].SinceUtc);
    }

    [Fact]
    public async Task The_sight_of_the_wanted_verdict_ends_the_watch()
    {
        var request = new WatchRequest { Interval = s_soon, Until = Verdict.Healthy, For = TimeSpan.FromMinutes(5) };
        Answer(look => look < 3 ? 503 : 200);

        var looks = await TakeAsync(int.MaxValue, request);

        Assert.Equal(3, looks.Count);
        Assert.Null(request.Missed(looks[^1]));
    }

    [Fact]
    public async Task A_verdict_that_is_not_seen_in_time_is_a_failure_that_tells_what_was_seen()
    {
        var request = new WatchRequest { Interval = TimeSpan.FromDays(1), Until = Verdict.Healthy, For = TimeSpan.FromMilliseconds(300) };
        Answer(_ => 503);

        var looks = await TakeAsync(int.MaxValue, request);

        // At once, and at the end.
        Assert.Equal(2, looks.Count);
        var failure = request.Missed(looks[^1])!;
        Assert.Equal((GatewayErrors.VerdictNotSeen, "Healthy", ExitCode.VerificationFailed), (failure.Id, failure.Target, failure.Id.ExitCode));
        Assert.Equal("The gateway sample was not Healthy within 300 ms; at last it was Unhealthy: liveliness: HTTP 503.", failure.Message);
        Assert.NotEmpty(failure.Remedy);
    }

    [Fact]
    public async Task A_watch_makes_no_model_work_unless_told_to()
    {
        Answer(_ => 200);

        await TakeAsync(2, new WatchRequest { Interval = s_soon }, [.. GateFixture.All.Skip(1)]);

        Assert.DoesNotContain(_gate.Gateway.Received, request => request.Route.StartsWith("POST", StringComparison.Ordinal) || request.Route == "GET /health");
    }

    [Fact]
    public async Task A_stop_ends_a_watch_that_rests()
    {
        using var stop = new CancellationTokenSource();
        Answer(_ => 200);
        var watch = new GateWatch(_gate.Open(GateFixture.Liveliness())).WatchAsync(new WatchRequest { Interval = TimeSpan.FromDays(1) }, stop.Token).GetAsyncEnumerator(stop.Token);
        Assert.True(await watch.MoveNextAsync());
        var next = watch.MoveNextAsync().AsTask();
        var time = Stopwatch.StartNew();

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => next);
        Assert.True(time.Elapsed < TimeSpan.FromSeconds(10), $"took {time.Elapsed}");
    }

    [Fact]
    public async Task A_stop_ends_a_watch_whose_gateway_hangs()
    {
        using var stop = new CancellationTokenSource();
        _gate.Gateway.On("GET /health/liveliness", exchange =>
        {
            stop.Cancel();
            return exchange.HungUpAsync();
        });
        var watch = new GateWatch(_gate.Open(GateFixture.Liveliness(60))).WatchAsync(new WatchRequest(), stop.Token).GetAsyncEnumerator(stop.Token);
        var time = Stopwatch.StartNew();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => watch.MoveNextAsync().AsTask());

        Assert.True(time.Elapsed < TimeSpan.FromSeconds(30), $"took {time.Elapsed}");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-5)]
    [InlineData(0.099)]
    [InlineData(86401)]
    public async Task An_interval_that_floods_or_sleeps_is_refused(double seconds)
    {
        var failure = await Assert.ThrowsAsync<HxException>(() => TakeAsync(1, new WatchRequest { Interval = TimeSpan.FromSeconds(seconds) }));

        Assert.Equal((GatewayErrors.WatchIntervalInvalid, ExitCode.Usage), (failure.Id, failure.Id.ExitCode));
        Assert.Empty(_gate.Gateway.Received);
    }

    [Fact]
    public async Task An_unknown_probe_is_refused_before_the_first_look()
    {
        var failure = await Assert.ThrowsAsync<HxException>(() => TakeAsync(1, new WatchRequest { Gate = new GateRequest { Probes = ["livelines"] } }));

        Assert.Equal(GatewayErrors.ProbeNotFound, failure.Id);
    }

    public void Dispose() => _gate.Dispose();

    /// <summary>Gives the liveliness a status by the number of the look, and lets a minute of the deployment's clock pass at each.</summary>
    private void Answer(Func<int, int> status) => _gate.Gateway.On("GET /health/liveliness", exchange =>
    {
        var look = Interlocked.Increment(ref _looks);
        _gate.Sample.Clock.Advance(TimeSpan.FromMinutes(1));
        return exchange.AnswerAsync(status(look), "{}");
    });

    private Task<List<GateLook>> TakeAsync(int most, WatchRequest request) => TakeAsync(most, request, GateFixture.Backend());

    private async Task<List<GateLook>> TakeAsync(int most, WatchRequest request, params ProbeDefinition[] others)
    {
        var looks = new List<GateLook>();
        await foreach (var look in new GateWatch(_gate.Open([GateFixture.Liveliness(), .. others])).WatchAsync(request, CancellationToken.None))
        {
            looks.Add(look);
            if (looks.Count == most)
                break;
        }

        return looks;
    }
}
