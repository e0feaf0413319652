namespace HxOps.Rollback.Criteria;

/// <summary>What was observed of a release. Null means that nobody knows; so does NaN for a number.</summary>
public sealed record RollbackSignals
{
    /// <summary>Users cannot reach their own data.</summary>
    public bool? DataLoss { get; init; }

    /// <summary>Keys are exposed, or authentication can be bypassed.</summary>
    public bool? SecurityBreach { get; init; }

    /// <summary>The service is down and does not recover.</summary>
    public bool? CompleteOutage { get; init; }

    /// <summary>Tables are corrupt or their data is inconsistent.</summary>
    public bool? DatabaseCorruption { get; init; }

    /// <summary>A bug affects all users or prevents core functions.</summary>
    public bool? CriticalBug { get; init; }

    /// <summary>A rule of compliance is broken.</summary>
    public bool? RegulatoryViolation { get; init; }

    /// <summary>There are cosmetic bugs or rare ones.</summary>
    public bool? MinorBugs { get; init; }

    /// <summary>The interface has problems that block nobody.</summary>
    public bool? UserInterfaceIssues { get; init; }

    /// <summary>Many users leave at once.</summary>
    public bool? BounceRateHigh { get; init; }

    /// <summary>The error rate has been what it is for a while, not for a moment.</summary>
    public bool? ErrorRateSustained { get; init; }

    /// <summary>Share of requests that fail, 0 to 100.</summary>
    public double? ErrorRatePercent { get; init; }

    /// <summary>How much slower pages load than before, in percent: 100 is twice the time, a negative number is faster.</summary>
    public double? DegradationPercent { get; init; }

    /// <summary>Share of users who use the feature, 0 to 100.</summary>
    public double? AdoptionPercent { get; init; }

    /// <summary>How many users complained.</summary>
    public double? UserComplaints { get; init; }
}
