using HxOps.Reporting;

namespace HxOps.Checkpoints;

/// <summary>Tells progress at most ten times a second: a sink may be slower than the work.</summary>
internal sealed class ThrottledProgress(IProgress<HxEvent> events, string activity)
{
    private const long Interval = 100; // milliseconds

    private long _last = long.MinValue;

    /// <summary>Tells how many items are done, if it is time.</summary>
    internal void Report(string item, long done, long? total)
    {
        var now = Environment.TickCount64;
        if (_last != long.MinValue && now - _last < Interval)
            return;

        _last = now;
        events.Report(new ProgressEvent(activity, item, done, total, ProgressUnit.Items));
    }

    /// <summary>Tells that the activity has ended.</summary>
    internal void Finish() => events.Report(new ProgressFinishedEvent(activity));
}
