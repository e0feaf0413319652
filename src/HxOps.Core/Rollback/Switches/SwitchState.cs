using HxOps.Rollback.Plans;

namespace HxOps.Rollback.Switches;

/// <summary>How a feature flag stands.</summary>
public sealed record FlagState
{
    /// <summary>Name of the flag.</summary>
    public required string Id { get; init; }

    /// <summary>On or off; null when the fields of the answer contradict each other.</summary>
    public required SwitchPosition? State { get; init; }

    /// <summary>The share of users that it is on for; null when the answer does not say.</summary>
    public required double? RolloutPercent { get; init; }

    /// <summary>What answered.</summary>
    public required AnswerSource Answered { get; init; }

    /// <summary>When that was so.</summary>
    public required DateTimeOffset ObservedUtc { get; init; }

    /// <summary>The flag's endpoint, without its query.</summary>
    public required string Url { get; init; }

    /// <summary>What was found.</summary>
    public required string Finding { get; init; }
}

/// <summary>How a kill switch stands.</summary>
public sealed record KillSwitchState
{
    /// <summary>The address where it is thrown, without its query.</summary>
    public required string Id { get; init; }

    /// <summary>On means that no request is served.</summary>
    public required SwitchPosition? State { get; init; }

    /// <summary>What answered.</summary>
    public required AnswerSource Answered { get; init; }

    /// <summary>When that was so.</summary>
    public required DateTimeOffset ObservedUtc { get; init; }

    /// <summary>The address where it is read back, without its query.</summary>
    public required string Health { get; init; }

    /// <summary>What was found.</summary>
    public required string Finding { get; init; }
}

/// <summary>What a reading is worth.</summary>
public enum AnswerSource
{
    /// <summary>The service answered just now.</summary>
    Live,

    /// <summary>A cache answered, or nobody did and this is what the service said last.</summary>
    Cached,

    /// <summary>Nobody answered and nothing was ever seen: this is what clients assume then.</summary>
    Default,
}
