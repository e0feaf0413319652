namespace HxOps.Restoring.Guarding;

/// <summary>
/// How long a guard still waits: until the moment that was noted, or as long as the operator was given, whichever is over first. A clock that
/// is set back must not keep what nobody has confirmed.
/// </summary>
internal sealed class GuardPatience(TimeProvider clock)
{
    private DateTimeOffset? _byUtc;
    private TimeSpan _given;
    private long _since;

    /// <summary>What is left; zero or less when the time has come. A later note begins anew.</summary>
    internal TimeSpan Left(GuardStory guard)
    {
        var untilNoted = guard.ByUtc - clock.GetUtcNow();
        if (_byUtc != guard.ByUtc)
        {
            _byUtc = guard.ByUtc;
            _given = Shorter(untilNoted, guard.Within);
            _since = clock.GetTimestamp();
        }

        return Shorter(untilNoted, _given - clock.GetElapsedTime(_since));
    }

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
