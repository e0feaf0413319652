using System.Collections.Immutable;
using System.Globalization;
using HxOps.Checkpoints.Proving;
using HxOps.Files.Metadata;

namespace HxOps.Checkpoints;

/// <summary>What a verified checkpoint holds.</summary>
public sealed record CheckpointDetails
{
    /// <summary>The checkpoint's id.</summary>
    public required string Id { get; init; }

    /// <summary>The checkpoint as a listing shows it.</summary>
    public required CheckpointInfo Checkpoint { get; init; }

    /// <summary>Every captured entry in the order of the archive.</summary>
    public required ImmutableArray<CapturedEntry> Entries { get; init; }

    /// <summary>Paths that did not exist.</summary>
    public required ImmutableArray<AbsentPath> Absent { get; init; }

    /// <summary>What could not be captured.</summary>
    public required ImmutableArray<SkippedPath> Skipped { get; init; }

    /// <summary>The details of a checkpoint that was verified.</summary>
    public static CheckpointDetails Of(VerifiedCheckpoint verified) => new()
    {
        Id = verified.Info.Id,
        Checkpoint = verified.Info,
        Entries = [.. verified.Manifest.Entries.Select(CapturedEntry.Of)],
        Absent = verified.Manifest.Absent,
        Skipped = verified.Manifest.Skipped,
    };
}

/// <summary>One captured entry as <c>ls -l</c> would show it.</summary>
/// <param name="Id">Path below <c>snapshot/</c>.</param>
/// <param name="HostPath">Original path, or null for what was generated.</param>
/// <param name="Component">The component, or null for what was generated.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Mode">Permission bits in octal.</param>
/// <param name="Owner">User and group, by name where the host had one.</param>
/// <param name="SizeBytes">Size of a regular file.</param>
/// <param name="LinkTarget">Where a symbolic link points, or null.</param>
public sealed record CapturedEntry(
    string Id, string? HostPath, string? Component, FileKind Kind, string Mode, string Owner, long SizeBytes, string? LinkTarget)
{
    internal static CapturedEntry Of(ManifestEntry entry) => new(
        entry.ArchivePath,
        entry.HostPath,
        entry.Component,
        entry.Metadata.Kind,
        Convert.ToString(entry.Metadata.Mode, 8),
        $"{Name(entry.Metadata.UserName, entry.Metadata.UserId)}:{Name(entry.Metadata.GroupName, entry.Metadata.GroupId)}",
        entry.Metadata.Size,
        entry.Metadata.LinkTarget);

    private static string Name(string? name, uint number) => name ?? number.ToString(CultureInfo.InvariantCulture);
}
