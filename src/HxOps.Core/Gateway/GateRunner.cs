using System.Collections.Immutable;
using HxOps.Gateway.Probers;
using HxOps.Reporting;

namespace HxOps.Gateway;

/// <summary>Asks all probes of a deployment at once and comes to one verdict.</summary>
public sealed class GateRunner(DeploymentContext context)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);

    /// <summary>Asks once, or until healthy when told to wait.</summary>
    /// <exception cref="Errors.HxException">ProbeNotFound, ProbeNotInProfile. An ill gateway is a report, not an exception.</exception>
    public async Task<GateReport> RunAsync(GateRequest request, IProgress<HxEvent> events, CancellationToken cancellation)
    {
        var probes = ProbeSelection.Of(context.Deployment, request);
        var limit = new WaitLimit(context.Clock, request.Wait);
        using var connector = new GatewayConnector();
        var progress = new GateProgress(events, request.Wait, probes.Length);
        var pause = Shorter(FirstPause, request.LongestPause);
        try
        {
            for (var rounds = 1; ; rounds++)
            {
                var started = context.Clock.GetUtcNow();
                var round = new GateRound(new ProberFactory(context, connector), context.Clock, progress);
                var results = await round.AskAsync(GateStages.Of(probes, limit.IsWaiting), () => limit.IsOver, cancellation);
                if (results.Length == probes.Length && (limit.IsOver || GateJudge.Judge(results) == Verdict.Healthy))
                    return Report(probes, results, started, limit.Elapsed, rounds);

                progress.Waiting(limit.Elapsed, results);
                await limit.PauseAsync(pause, cancellation);
                pause = Shorter(pause * 2, request.LongestPause);
            }
        }
        finally
        {
            progress.Finish();
        }
    }

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private GateReport Report(ImmutableArray<ProbeDefinition> probes, ImmutableArray<ProbeResult> results,
        DateTimeOffset started, TimeSpan elapsed, int rounds)
    {
        var explained = UpstreamBlame.Assign(results);
        var order = probes.Select((probe, index) => (probe.Name, index)).ToDictionary(pair => pair.Name, pair => pair.index, StringComparer.Ordinal);
        return new GateReport
        {
            Id = context.Deployment.Name,
            Verdict = GateJudge.Judge(results),
            Layers = GateJudge.JudgeLayers(explained),
            Probes = [.. explained.OrderBy(result => order[result.Id])],
            StartedUtc = started,
            Elapsed = elapsed,
            Rounds = rounds,
        };
    }
}
