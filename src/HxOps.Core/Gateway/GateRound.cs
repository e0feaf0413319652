using System.Collections.Immutable;
using HxOps.Errors;
using HxOps.Gateway.Probers;

namespace HxOps.Gateway;

/// <summary>Asks every probe once, each within its own deadline.</summary>
internal sealed class GateRound(ProberFactory probers, TimeProvider clock, GateProgress progress)
{
    // What a prober is given to end in good order after its deadline; then the verdict goes on without it.
    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(500);

    /// <summary>Asks stage by stage, and stops behind a stage that is not healthy unless it is the last chance to ask.</summary>
    internal async Task<ImmutableArray<ProbeResult>> AskAsync(
        ImmutableArray<ImmutableArray<ProbeDefinition>> stages, Func<bool> isLastChance, CancellationToken cancellation)
    {
        var results = ImmutableArray.CreateBuilder<ProbeResult>();
        foreach (var stage in stages)
        {
            results.AddRange(await Task.WhenAll(stage.Select(probe => AskAsync(probe, cancellation))));
            if (GateJudge.Judge(results) != Verdict.Healthy && !isLastChance())
                break;
        }

        return results.ToImmutable();
    }

    private async Task<ProbeResult> AskAsync(ProbeDefinition probe, CancellationToken cancellation)
    {
        var start = clock.GetTimestamp();
        var answer = await AnswerAsync(probe, cancellation);
        cancellation.ThrowIfCancellationRequested();
        var result = new ProbeResult
        {
            Id = probe.Name,
            Kind = probe.Kind,
            Layer = probe.Layer,
            Importance = probe.Importance,
            Verdict = answer.Verdict,
            Finding = answer.Finding,
            Remedy = answer.Remedy,
            Detail = answer.Detail,
            Blame = answer.Blame,
            IsSilence = answer.IsSilence,
            Elapsed = clock.GetElapsedTime(start),
        };
        progress.Answered(result);
        return result;
    }

    private async Task<ProbeAnswer> AnswerAsync(ProbeDefinition probe, CancellationToken cancellation)
    {
        using var deadline = new CancellationTokenSource(probe.Deadline, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellation);
        var prober = probers.Create(probe);
        try
        {
            // On the pool, and left behind when it hangs: neither a blocking read nor a deaf prober may delay the verdict.
            return await Task.Run(() => prober.AskAsync(either.Token), either.Token).WaitAsync(probe.Deadline + Grace, clock, cancellation);
        }
        catch (Exception cause) when (cause is OperationCanceledException or TimeoutException && !cancellation.IsCancellationRequested)
        {
            return prober.Unanswered(probe.Deadline) with { IsSilence = true };
        }
        catch (HxException failure)
        {
            return ProbeAnswer.Inconclusive(failure.Message, failure.Remedy);
        }
        catch (Exception defect) when (defect is not OperationCanceledException)
        {
            // A prober's own trouble says nothing about the gateway, and may neither end the other probes nor undo a good restore.
            return ProbeAnswer.Inconclusive($"the probe itself failed ({defect.GetType().Name})", "Report it as a defect of HxOps; the other probes are judged without it.");
        }
    }
}
