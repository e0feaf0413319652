using System.Collections.Immutable;

namespace HxOps.Checkpoints;

/// <summary>What differs between two states.</summary>
public sealed record CheckpointComparison
{
    /// <summary>Id of the checkpoint that was compared.</summary>
    public required string Id { get; init; }

    /// <summary>Id of the other one, or <c>live</c>.</summary>
    public required string Other { get; init; }

    /// <summary>Every path that differs, by path.</summary>
    public required ImmutableArray<PathDifference> Differences { get; init; }

    /// <summary>Paths that are the same in both.</summary>
    public required int Same { get; init; }
}

/// <summary>How one path differs.</summary>
/// <param name="Id">The host path.</param>
/// <param name="Kind">In what way.</param>
/// <param name="Component">The component it belongs to.</param>
/// <param name="Detail">What differs in a few words.</param>
/// <param name="Diff">The lines of a unified diff with secrets redacted; empty for binary, secret or large content.</param>
public sealed record PathDifference(string Id, DifferenceKind Kind, string Component, string Detail, ImmutableArray<string> Diff)
{
    /// <summary>The kind and the path.</summary>
    public override string ToString() => $"{Kind} {Id}";
}

/// <summary>In what way a path differs.</summary>
public enum DifferenceKind
{
    /// <summary>Only the newer state has it.</summary>
    Added,

    /// <summary>Only the older state has it.</summary>
    Removed,

    /// <summary>Content, kind or link target differ.</summary>
    Changed,

    /// <summary>Only mode, owner, time or attributes differ.</summary>
    Metadata,
}
