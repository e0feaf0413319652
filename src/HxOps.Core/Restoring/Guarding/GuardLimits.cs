using System.Globalization;
using HxOps.Errors;

namespace HxOps.Restoring.Guarding;

/// <summary>Which times a guard takes, and how they are written.</summary>
internal static class GuardLimits
{
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Longest = TimeSpan.FromHours(24);

    /// <summary>Refuses a time that nobody could keep, or that leaves the host in doubt for days.</summary>
    /// <exception cref="HxException"><see cref="GuardErrors.SpanUnsuitable"/>.</exception>
    internal static void Require(TimeSpan? within)
    {
        if (within is { } span && (span < Shortest || span > Longest))
            throw new HxException(GuardErrors.SpanUnsuitable, Words(span), $"{Words(span)} is no time to confirm a restore in.");
    }

    /// <summary>A time as operators write it: <c>90s</c>, <c>5m</c>, <c>24h</c>.</summary>
    internal static string Words(TimeSpan span)
    {
        var (count, unit) = span.Ticks switch
        {
            > 0 and var ticks when ticks % TimeSpan.TicksPerHour == 0 => (span.TotalHours, "h"),
            > 0 and var ticks when ticks % TimeSpan.TicksPerMinute == 0 => (span.TotalMinutes, "m"),
            _ => (span.TotalSeconds, "s"),
        };
        return count.ToString("0.###", CultureInfo.InvariantCulture) + unit;
    }
}
