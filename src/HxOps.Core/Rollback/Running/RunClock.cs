namespace HxOps.Rollback.Running;

/// <summary>The time a run has worked, in this process and in those before it that were killed.</summary>
internal sealed class RunClock(TimeProvider clock, TimeSpan before, TimeSpan budget)
{
    private readonly long _start = clock.GetTimestamp();

    /// <summary>Time worked.</summary>
    public TimeSpan Worked => before + clock.GetElapsedTime(_start);

    /// <summary>What is left of the scenario's budget; never negative.</summary>
    public TimeSpan Left => budget > Worked ? budget - Worked : TimeSpan.Zero;
}
