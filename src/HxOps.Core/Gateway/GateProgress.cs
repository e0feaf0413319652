using System.Collections.Concurrent;
using System.Collections.Immutable;
using HxOps.Reporting;

namespace HxOps.Gateway;

/// <summary>Tells how far the gate has come: probes answered, or the time spent waiting.</summary>
internal sealed class GateProgress(IProgress<HxEvent> events, TimeSpan wait, int probes)
{
    private readonly string _activity = wait > TimeSpan.Zero ? "Waiting for the gateway" : "Testing the gateway";
    // Who waits is told what is new, not every round again.
    private readonly ConcurrentDictionary<string, string> _told = new(StringComparer.Ordinal);
    private int _answered;

    internal void Answered(ProbeResult result)
    {
        if (!_told.TryGetValue(result.Id, out var before) || before != result.Finding)
        {
            _told[result.Id] = result.Finding;
            events.Report(new DetailEvent($"{result.Id}: {result.Finding}"));
        }

        if (wait == TimeSpan.Zero)
            events.Report(new ProgressEvent(_activity, result.Id, Interlocked.Increment(ref _answered), probes, ProgressUnit.Items));
    }

    internal void Waiting(TimeSpan elapsed, ImmutableArray<ProbeResult> results)
    {
        var troubled = results.FirstOrDefault(result => result.Importance == Importance.Required && result.Verdict != Verdict.Healthy);
        var status = troubled is null ? "" : $"{troubled.Id}: {troubled.Finding}";
        events.Report(new ProgressEvent(_activity, status, (long)elapsed.TotalMilliseconds, (long)wait.TotalMilliseconds, ProgressUnit.Milliseconds));
    }

    internal void Finish() => events.Report(new ProgressFinishedEvent(_activity));
}
