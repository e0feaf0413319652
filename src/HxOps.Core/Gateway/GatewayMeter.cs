using System.Collections.Immutable;
using HxOps.Reporting;
using HxOps.Rollback.Criteria;

namespace HxOps.Gateway;

/// <summary>Measures the gateway by its probes: which share of requests fails, for how long, and how fast the others are.</summary>
public sealed class GatewayMeter(DeploymentContext context)
{
    private const string Activity = "Measuring the gateway";

    // Fewer rounds are a moment, not a while.
    private const int LeastForAWhile = 4;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>Makes the requests of the profile round after round.</summary>
    /// <param name="profile">Which probes are asked.</param>
    /// <param name="duration">How long; at least one round is made.</param>
    /// <param name="baselineMilliseconds">The median of a good time, to tell how much slower it is now; null for none.</param>
    /// <param name="events">Progress.</param>
    /// <param name="cancellation">Stops the measurement.</param>
    public async Task<GatewayMeasurement> MeasureAsync(
        GateProfile profile, TimeSpan duration, double? baselineMilliseconds, IProgress<HxEvent> events, CancellationToken cancellation)
    {
        var (startedUtc, start) = (context.Clock.GetUtcNow(), context.Clock.GetTimestamp());
        var rounds = ImmutableArray.CreateBuilder<ImmutableArray<ProbeResult>>();
        do
        {
            if (rounds.Count > 0)
            {
                await Task.Delay(Pause, context.Clock, cancellation);
            }

            var report = await new GateRunner(context).RunAsync(new GateRequest { Profile = profile }, events, cancellation);
            rounds.Add([.. report.Probes.Where(IsRequest)]);
            events.Report(new ProgressEvent(Activity, "", (long)context.Clock.GetElapsedTime(start).TotalMilliseconds, (long)duration.TotalMilliseconds, ProgressUnit.Milliseconds));
        }
        while (context.Clock.GetElapsedTime(start) < duration);
        events.Report(new ProgressFinishedEvent(Activity));
        Warn(rounds, events);
        return Sum(rounds.ToImmutable(), baselineMilliseconds) with { StartedUtc = startedUtc, Elapsed = context.Clock.GetElapsedTime(start) };
    }

    private GatewayMeasurement Sum(ImmutableArray<ImmutableArray<ProbeResult>> rounds, double? baseline)
    {
        var all = rounds.SelectMany(round => round).ToList();
        var judged = all.Where(IsJudged).ToList();
        var failures = judged.Count(IsFailure);
        var times = judged.Where(probe => !IsFailure(probe)).Select(probe => probe.Elapsed.TotalMilliseconds).Order().ToList();
        var median = times.Count > 0 ? times[times.Count / 2] : (double?)null;
        var telling = rounds.Where(round => round.Any(IsJudged)).ToList();
        return new GatewayMeasurement
        {
            Id = context.Deployment.Name,
            Signals = new RollbackSignals
            {
                ErrorRatePercent = judged.Count > 0 ? 100.0 * failures / judged.Count : null,
                ErrorRateSustained = telling.Count >= LeastForAWhile ? telling.All(round => round.Any(IsFailure)) : null,
                CompleteOutage = telling.Count >= LeastForAWhile ? failures == judged.Count : null,
                DegradationPercent = median is { } now && baseline is > 0 ? ((now / baseline) - 1) * 100 : null,
            },
            Rounds = rounds.Length,
            Requests = all.Count,
            Failures = failures,
            Unjudged = all.Count - judged.Count,
            MedianMilliseconds = median,
            StartedUtc = default,
            Elapsed = TimeSpan.Zero,
        };
    }

    private void Warn(IEnumerable<ImmutableArray<ProbeResult>> rounds, IProgress<HxEvent> events)
    {
        foreach (var probe in rounds.SelectMany(round => round).Where(probe => !IsJudged(probe)).DistinctBy(probe => probe.Id))
            events.Report(new WarningEvent("RequestsUnjudged", $"Requests of the probe {probe.Id} say nothing about the gateway and are left out: {probe.Finding}. {probe.Remedy}", context.Deployment.Name));
    }

    // A unit, a log or an open port says nothing about requests; a backend is not the gateway.
    private static bool IsRequest(ProbeResult probe) =>
        probe.Importance == Importance.Required && probe.Kind is not (ProbeKind.Unit or ProbeKind.Log or ProbeKind.Port or ProbeKind.Backend);

    // A key that is not accepted or an unknown host is the asker's own trouble; silence is what a user would have met with, too.
    private static bool IsJudged(ProbeResult probe) => probe.Verdict == Verdict.Healthy || IsFailure(probe);

    private static bool IsFailure(ProbeResult probe) => probe.Verdict == Verdict.Unhealthy || probe.IsSilence;
}
