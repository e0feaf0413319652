using System.Collections.Immutable;
using HxOps.Deployments;

namespace HxOps.Checkpoints;

/// <summary>What a verification saw.</summary>
public sealed record CheckpointVerification
{
    /// <summary>The checkpoint's id.</summary>
    public required string Id { get; init; }

    /// <summary>The local path of the archive.</summary>
    public required string Path { get; init; }

    /// <summary>The checkpoint itself, so that a verified one can be piped on.</summary>
    public required CheckpointInfo Checkpoint { get; init; }

    /// <summary>Whether the archive is whole and, in a drill, no finding is an error.</summary>
    public required bool Passed { get; init; }

    /// <summary>Files whose checksum was found right.</summary>
    public required int FilesVerified { get; init; }

    /// <summary>Bytes of content hashed.</summary>
    public required long BytesVerified { get; init; }

    /// <summary>Whether it was also extracted and its configuration validated.</summary>
    public required bool Drilled { get; init; }

    /// <summary>What the offline validation found; empty unless drilled.</summary>
    public ImmutableArray<ConfigurationFinding> Findings { get; init; } = [];

    /// <summary>How long it took.</summary>
    public required TimeSpan Elapsed { get; init; }

    /// <summary>The verification as lines of text.</summary>
    public ImmutableArray<string> Describe() => VerificationText.Lines(this);
}
