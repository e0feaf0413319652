using System.Collections.Concurrent;
using HxOps.Reporting;

namespace HxOps.Pipeline;

/// <summary>Lets through so many progress events as eyes can follow. Anything else passes.</summary>
internal sealed class ProgressThrottle(TimeProvider clock)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);
    private readonly ConcurrentDictionary<string, long> _last = new();

    /// <summary>Whether the event comes too soon after the last one of its activity.</summary>
    public bool Drops(HxEvent reported)
    {
        if (reported is not ProgressEvent progress)
            return false;

        var now = clock.GetTimestamp();
        if (_last.TryGetValue(progress.Activity, out var last) && clock.GetElapsedTime(last, now) < Interval)
            return true;

        _last[progress.Activity] = now;
        return false;
    }
}
