using System.Collections.Immutable;
using HxOps.Files.Metadata;

namespace HxOps.Checkpoints;

/// <summary>The content of <c>snapshot/hxops.json</c>: what the kit's layout cannot carry.</summary>
public sealed record CheckpointManifest
{
    /// <summary>The only format version there is so far.</summary>
    public const int CurrentFormat = 1;

    /// <summary>Format version; a greater one is refused.</summary>
    public required int Format { get; init; }

    /// <summary>The checkpoint's id.</summary>
    public required string Id { get; init; }

    /// <summary>Version of HxOps that wrote it.</summary>
    public required string Writer { get; init; }

    /// <summary>When it was taken.</summary>
    public required DateTimeOffset CreatedUtc { get; init; }

    /// <summary>Why it exists.</summary>
    public required CheckpointKind Kind { get; init; }

    /// <summary>The deployment's name.</summary>
    public required string Deployment { get; init; }

    /// <summary>The host it was taken on.</summary>
    public required string HostName { get; init; }

    /// <summary>The operator's note at that time.</summary>
    public string Note { get; init; } = "";

    /// <summary>Whether the gateway answered, and why not.</summary>
    public required GatewayState Gateway { get; init; }

    /// <summary>What the gateway answered instead of its models; empty when it answered well.</summary>
    public string GatewayFinding { get; init; } = "";

    /// <summary>Everything captured, folders and links included, parents before their children.</summary>
    public required ImmutableArray<ManifestEntry> Entries { get; init; }

    /// <summary>Sources and managed paths that did not exist: a mirroring restore makes it so again.</summary>
    public required ImmutableArray<AbsentPath> Absent { get; init; }

    /// <summary>What could not be captured, and why.</summary>
    public required ImmutableArray<SkippedPath> Skipped { get; init; }
}

/// <summary>One captured entry.</summary>
public sealed record ManifestEntry
{
    /// <summary>Path below <c>snapshot/</c>.</summary>
    public required string ArchivePath { get; init; }

    /// <summary>Original path on the host; null for what was generated, such as <c>env/pip-freeze.txt</c>.</summary>
    public string? HostPath { get; init; }

    /// <summary>Name of the component it belongs to; null for what was generated.</summary>
    public string? Component { get; init; }

    /// <summary>Kind, mode, owners, times, link target and extended attributes.</summary>
    public required FileMetadata Metadata { get; init; }

    /// <summary>SHA-256 of the content in lower-case hexadecimal; null for anything but a regular file.</summary>
    public string? Sha256 { get; init; }

    /// <summary>The archive path of the entry that this one is a hard link to, or null.</summary>
    public string? HardLinkTo { get; init; }
}

/// <summary>A path that did not exist.</summary>
/// <param name="HostPath">The path, or the pattern that matched nothing.</param>
/// <param name="Component">The component it would belong to.</param>
public sealed record AbsentPath(string HostPath, string Component);

/// <summary>A path that could not be captured.</summary>
/// <param name="HostPath">The path.</param>
/// <param name="Component">The component it belongs to.</param>
/// <param name="Reason">Why: a socket, a device, changed while read.</param>
public sealed record SkippedPath(string HostPath, string Component, string Reason);
