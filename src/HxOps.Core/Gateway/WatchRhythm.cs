namespace HxOps.Gateway;

/// <summary>
/// When a watch looks: on the beats of its interval, counted from its begin, and a last time at its end. A look that takes longer than the
/// interval leaves out the beats that it missed, so that looks never pile up on a slow gateway.
/// </summary>
internal sealed class WatchRhythm(TimeProvider clock, TimeSpan interval, TimeSpan? length)
{
    private readonly long _begin = clock.GetTimestamp();

    /// <summary>Whether the last look has been made.</summary>
    internal bool IsOver => Elapsed >= length;

    private TimeSpan Elapsed => clock.GetElapsedTime(_begin);

    /// <summary>Waits for the next look.</summary>
    internal async Task RestAsync(CancellationToken cancellation)
    {
        var beat = TimeSpan.FromTicks(interval.Ticks * ((Elapsed.Ticks / interval.Ticks) + 1));
        var due = length < beat ? length.Value : beat;

        // Timers count whole milliseconds and may fire a little early, which would give the same beat twice.
        for (var left = due - Elapsed; left > TimeSpan.Zero; left = due - Elapsed)
            await Task.Delay(TimeSpan.FromMilliseconds(Math.Ceiling(left.TotalMilliseconds)), clock, cancellation);
    }
}
