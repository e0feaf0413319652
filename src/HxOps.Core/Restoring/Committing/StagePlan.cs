using System.Collections.Immutable;
using HxOps.Restoring.Planning;

namespace HxOps.Restoring.Committing;

/// <summary>What is made beside the targets, and the steps that then bring it into place.</summary>
/// <param name="Entries">What is made, parents before their children.</param>
/// <param name="Steps">The steps in the order in which they are carried out.</param>
/// <param name="Folders">The folders whose times the steps move.</param>
internal sealed record StagePlan(ImmutableArray<StagedEntry> Entries, ImmutableArray<CommitStep> Steps, ImmutableArray<FolderTime> Folders);

/// <summary>An entry that is made under a staged path.</summary>
/// <param name="HostPath">The staged host path.</param>
/// <param name="Wanted">What it is; null for a folder that only leads to others.</param>
internal sealed record StagedEntry(string HostPath, WantedEntry? Wanted);

/// <summary>The time of a folder in which names change.</summary>
/// <param name="HostPath">The folder.</param>
/// <param name="Before">Its time before, in nanoseconds since 1970-01-01 UTC.</param>
/// <param name="After">Its time after; null leaves what comes.</param>
internal sealed record FolderTime(string HostPath, long Before, long? After);
