using System.Collections.Immutable;
using HxOps.Checkpoints.Sources;
using HxOps.Deployments;

namespace HxOps.Checkpoints;

/// <summary>What a checkpoint would capture; <c>--what-if</c> prints it.</summary>
public sealed record CapturePlan
{
    /// <summary>The deployment's name.</summary>
    public required string Id { get; init; }

    /// <summary>The folder that it would be written to.</summary>
    public required string Folder { get; init; }

    /// <summary>The host paths that would be in it, in the order of the archive.</summary>
    public required ImmutableArray<string> Paths { get; init; }

    /// <summary>Bytes of content before compression.</summary>
    public required long ContentBytes { get; init; }

    /// <summary>The host paths that do not exist.</summary>
    public required ImmutableArray<string> Absent { get; init; }

    /// <summary>The plan as lines of text.</summary>
    public IEnumerable<string> Describe() => Paths.Select(path => $"capture {path}")
        .Concat(Absent.Select(path => $"note that {path} does not exist"))
        .Append($"write one archive to {Folder}");

    internal static CapturePlan Of(Deployment deployment, SourceExpansion expansion) => new()
    {
        Id = deployment.Name,
        Folder = deployment.Backups.Folder,
        Paths = [.. expansion.Entries.Select(entry => entry.HostPath)],
        ContentBytes = expansion.Entries.Sum(entry => entry.Metadata.Size),
        Absent = [.. expansion.Absent.Select(absent => absent.HostPath)],
    };
}
