namespace HxOps.Checkpoints;

/// <summary>Which checkpoints a pruning keeps. A checkpoint kept by any rule stays.</summary>
public sealed record RetentionRules
{
    /// <summary>The newest so many of each kind; null when only other rules count.</summary>
    public int? Last { get; init; }

    /// <summary>The newest of each of so many days (UTC).</summary>
    public int Daily { get; init; }

    /// <summary>The newest of each of so many ISO weeks (UTC).</summary>
    public int Weekly { get; init; }

    /// <summary>The newest of each of so many months (UTC).</summary>
    public int Monthly { get; init; }

    /// <summary>All that are younger; null for none.</summary>
    public TimeSpan? Within { get; init; }

    /// <summary>Whether all stay that were copied nowhere else, besides what the other rules keep.</summary>
    public bool Uncopied { get; init; }
}

/// <summary>What becomes of one checkpoint.</summary>
/// <param name="Id">The checkpoint's id.</param>
/// <param name="Checkpoint">The checkpoint.</param>
/// <param name="Keep">Whether it stays.</param>
/// <param name="Reason">The rule that keeps it, or why it goes.</param>
public sealed record RetentionDecision(string Id, CheckpointInfo Checkpoint, bool Keep, string Reason);
