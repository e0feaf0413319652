using System.Collections.Immutable;
using HxOps.Checkpoints.Proving;

namespace HxOps.Restoring.Planning;

/// <summary>What a plan holds besides what it shows.</summary>
/// <param name="Verified">The verified checkpoint.</param>
/// <param name="Paths">The changes, parents before their children.</param>
/// <param name="FolderTimes">The time that each managed folder shall have when names in it have changed.</param>
/// <param name="Seen">What every managed path looked like.</param>
internal sealed record RestoreWork(
    VerifiedCheckpoint Verified,
    ImmutableArray<PlannedPath> Paths,
    IReadOnlyDictionary<string, long?> FolderTimes,
    IReadOnlyDictionary<string, PathFingerprint?> Seen)
{
    /// <summary>The restore that this one undoes, or null.</summary>
    internal string? Undoes { get; init; }
}
