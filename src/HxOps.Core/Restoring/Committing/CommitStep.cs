using HxOps.Files.Metadata;

namespace HxOps.Restoring.Committing;

/// <summary>One indivisible step of a commit, with what is needed to take it back.</summary>
/// <param name="Kind">What it does.</param>
/// <param name="HostPath">The managed path.</param>
internal sealed record CommitStep(CommitStepKind Kind, string HostPath)
{
    /// <summary>The host path beside it that holds the new entry before the step, and the old one after it; null for metadata.</summary>
    public string? Staged { get; init; }

    /// <summary>The inode of the entry that was there before the step; null where there was none, and in journals of older versions.</summary>
    public ulong? Old { get; init; }

    /// <summary>The metadata before; only for metadata steps.</summary>
    public MetadataSetting? Before { get; init; }

    /// <summary>The metadata after; only for metadata steps.</summary>
    public MetadataSetting? After { get; init; }
}

/// <summary>What a step does.</summary>
internal enum CommitStepKind
{
    /// <summary>The staged entry takes a name that is free.</summary>
    Place,

    /// <summary>The staged entry and the present one change names.</summary>
    Exchange,

    /// <summary>The present entry moves to the staged name.</summary>
    Remove,

    /// <summary>The present entry gets other metadata.</summary>
    Metadata,
}
