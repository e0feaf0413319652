using System.Collections.Immutable;
using HxOps.Checkpoints.Proving;

namespace HxOps.Restoring.Planning;

/// <summary>All that shall be after a restore.</summary>
/// <param name="Verified">The checkpoint it comes from.</param>
/// <param name="Entries">Every path that shall exist, parents before their children.</param>
/// <param name="Removals">Paths that shall not exist.</param>
/// <param name="Warnings">What the operator should know.</param>
internal sealed record WantedState(
    VerifiedCheckpoint Verified,
    ImmutableArray<WantedEntry> Entries,
    ImmutableArray<Removal> Removals,
    ImmutableArray<string> Warnings);

/// <summary>A path that shall not exist.</summary>
/// <param name="HostPath">The path.</param>
/// <param name="Component">The component it belongs to.</param>
internal sealed record Removal(string HostPath, string Component);
