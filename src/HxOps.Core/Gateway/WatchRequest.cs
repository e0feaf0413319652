using System.Globalization;
using HxOps.Errors;
using HxOps.Gateway.Probers;

namespace HxOps.Gateway;

/// <summary>How the gate is to be watched.</summary>
public sealed record WatchRequest
{
    private static readonly TimeSpan LeastInterval = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan MostInterval = TimeSpan.FromDays(1);

    /// <summary>What is asked at every look. Unless told otherwise nothing that makes a model work: a watch must not cost completions.</summary>
    public GateRequest Gate { get; init; } = new() { Profile = GateProfile.Free };

    /// <summary>From the begin of a look to the begin of the next, 0.1 s to a day.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long to watch; null for as long as the caller wants. At least one look is made.</summary>
    public TimeSpan? For { get; init; }

    /// <summary>The verdict whose sight ends the watch; null for none.</summary>
    public Verdict? Until { get; init; }

    /// <summary>Only looks at which the verdict or the failing probes changed.</summary>
    public bool OnChange { get; init; }

    /// <summary>The failure that a watch ends with whose last look is <paramref name="last"/>, or null when it came to what was asked.</summary>
    public HxException? Missed(GateLook? last) => Until is not { } wanted || last is null || last.Verdict == wanted ? null : new HxException(
        GatewayErrors.VerdictNotSeen, wanted.ToString(),
        $"The gateway {last.Id} was not {wanted} within {FindingText.Span(For ?? TimeSpan.Zero)}; at last it was {last.Verdict}{(last.Failing.IsEmpty ? "" : ": " + last.Summary)}.");

    /// <exception cref="HxException"><see cref="GatewayErrors.WatchIntervalInvalid"/>.</exception>
    internal void Check()
    {
        if (Interval < LeastInterval || Interval > MostInterval)
            throw new HxException(GatewayErrors.WatchIntervalInvalid, Interval.ToString("c", CultureInfo.InvariantCulture), "A watch looks every 0.1 s at most, and once a day at least.");
    }
}
