using HxOps.Files.Metadata;

namespace HxOps.Restoring.Planning;

/// <summary>A change with what the runner must know to carry it out.</summary>
/// <param name="Change">What the plan shows.</param>
/// <param name="Wanted">How the path shall be; null when it is removed.</param>
/// <param name="Present">How it is; null when nothing is there.</param>
internal sealed record PlannedPath(PathChange Change, WantedEntry? Wanted, FileMetadata? Present);
