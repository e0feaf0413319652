namespace HxOps.Restoring;

/// <summary>A restore as a listing shows it.</summary>
public sealed record RestoreInfo
{
    /// <summary>The restore's id.</summary>
    public required string Id { get; init; }

    /// <summary>The checkpoint that was restored.</summary>
    public required string Checkpoint { get; init; }

    /// <summary>The safety checkpoint taken before; empty when none was.</summary>
    public required string SafetyCheckpoint { get; init; }

    /// <summary>Where it stands.</summary>
    public required RestoreState State { get; init; }

    /// <summary>When it began.</summary>
    public required DateTimeOffset StartedUtc { get; init; }

    /// <summary>When it ended, or null.</summary>
    public DateTimeOffset? EndedUtc { get; init; }

    /// <summary>Paths that it changed.</summary>
    public required int Changed { get; init; }

    /// <summary>How it ended, or of an interrupted one how a repair would end it if it goes forward; else null.</summary>
    public RestoreOutcome? Outcome { get; init; }

    /// <summary>Why a repair did not end as wanted, in one sentence; else null.</summary>
    public string? Reason { get; init; }

    /// <summary>To which end a repair would bring it; null unless it was interrupted.</summary>
    public RestoreEnd? RepairEnd { get; init; }

    /// <summary>Whether it waits for its operator's word.</summary>
    public RestoreConfirmation Confirmation { get; init; }

    /// <summary>Until when it has to be confirmed, or had to be; null when no guard was wanted.</summary>
    public DateTimeOffset? ConfirmByUtc { get; init; }
}

/// <summary>Whether a restore waits for its operator's word.</summary>
public enum RestoreConfirmation
{
    /// <summary>No word is needed: no guard was wanted, or the restore went back by itself or by the operator.</summary>
    None,

    /// <summary>Its guard undoes it unless it is confirmed in time.</summary>
    Awaited,

    /// <summary>The operator has confirmed it.</summary>
    Confirmed,

    /// <summary>Nobody confirmed it in time, and its guard has undone it.</summary>
    Missed,
}

/// <summary>The two states between which a restore leaves nothing.</summary>
public enum RestoreEnd
{
    /// <summary>As the paths were before it began.</summary>
    Before,

    /// <summary>As the checkpoint says.</summary>
    Checkpoint,
}

/// <summary>Where a restore stands.</summary>
public enum RestoreState
{
    /// <summary>Its process is at work.</summary>
    Running,

    /// <summary>Its process has gone and left work behind; <c>Repair-HxRestore</c> ends it.</summary>
    Interrupted,

    /// <summary>Done.</summary>
    Restored,

    /// <summary>Taken back by itself.</summary>
    RolledBack,

    /// <summary>Undone later by the operator.</summary>
    Undone,

    /// <summary>Ended, but its journal is damaged; nothing of it can be undone.</summary>
    Damaged,
}
