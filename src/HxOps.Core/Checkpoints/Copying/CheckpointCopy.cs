namespace HxOps.Checkpoints.Copying;

/// <summary>A copy of a checkpoint, seen to be whole where it lies.</summary>
public sealed record CheckpointCopy
{
    /// <summary>The checkpoint's id.</summary>
    public required string Id { get; init; }

    /// <summary>The folder, with its host before a colon where it is another.</summary>
    public required string Destination { get; init; }

    /// <summary>The path of the copy there.</summary>
    public required string Path { get; init; }

    /// <summary>What had to be done.</summary>
    public required CopyOutcome Outcome { get; init; }

    /// <summary>Size of the archive in bytes.</summary>
    public required long SizeBytes { get; init; }

    /// <summary>Bytes that an earlier attempt had brought.</summary>
    public required long ResumedBytes { get; init; }

    /// <summary>The SHA-256 of the archive, as read here before and there after.</summary>
    public required string Sha256 { get; init; }

    /// <summary>How long it took.</summary>
    public required TimeSpan Elapsed { get; init; }
}

/// <summary>What a copy came to.</summary>
public enum CopyOutcome
{
    /// <summary>It was brought there.</summary>
    Copied,

    /// <summary>It was there, whole.</summary>
    AlreadyThere,
}
