using HxOps.Rollback.Criteria;

namespace HxOps.Gateway;

/// <summary>What a measurement of the gateway found.</summary>
public sealed record GatewayMeasurement
{
    /// <summary>The deployment's name.</summary>
    public required string Id { get; init; }

    /// <summary>What it means for the criteria of a rollback; what nobody has measured is not known.</summary>
    public required RollbackSignals Signals { get; init; }

    /// <summary>How often all requests were made.</summary>
    public required int Rounds { get; init; }

    /// <summary>How many requests were made.</summary>
    public required int Requests { get; init; }

    /// <summary>How many of them were answered otherwise than they should be, or not at all.</summary>
    public required int Failures { get; init; }

    /// <summary>How many of them say nothing about the gateway, such as those whose key was not accepted. No signal counts them.</summary>
    public required int Unjudged { get; init; }

    /// <summary>The median time of an answer that was as it should be, in milliseconds; null when there was none.</summary>
    public required double? MedianMilliseconds { get; init; }

    /// <summary>When it began.</summary>
    public required DateTimeOffset StartedUtc { get; init; }

    /// <summary>How long it took.</summary>
    public required TimeSpan Elapsed { get; init; }
}
