namespace HxOps.Gateway;

/// <summary>How long a gate may go on asking.</summary>
internal sealed class WaitLimit(TimeProvider clock, TimeSpan wait)
{
    private readonly long _start = clock.GetTimestamp();

    internal bool IsWaiting => wait > TimeSpan.Zero;

    internal TimeSpan Elapsed => clock.GetElapsedTime(_start);

    internal bool IsOver => Elapsed >= wait;

    /// <summary>Pauses, but never beyond the limit.</summary>
    internal Task PauseAsync(TimeSpan pause, CancellationToken cancellation)
    {
        var left = wait - Elapsed;
        return left <= TimeSpan.Zero ? Task.CompletedTask : Task.Delay(left < pause ? left : pause, clock, cancellation);
    }
}
