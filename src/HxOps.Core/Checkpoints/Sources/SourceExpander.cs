using System.Collections.Immutable;
using HxOps.Deployments;
using HxOps.Errors;
using HxOps.Files.Accounts;
using HxOps.Files.Metadata;

namespace HxOps.Checkpoints.Sources;

/// <summary>Finds what the sources of a deployment match on the host at this moment.</summary>
public sealed class SourceExpander(DeploymentContext context)
{
    private readonly MetadataReader _metadata = new(new AccountDirectory(context.Root));

    /// <summary>Everything that the sources of the given components match. The backup folder is never part of it.</summary>
    /// <param name="components">Usually all of the deployment, in its order.</param>
    /// <exception cref="HxException">A folder cannot be read, or two host paths would take the same place in the archive.</exception>
    public SourceExpansion Expand(IEnumerable<Component> components)
    {
        var walk = new SourceWalk(context, _metadata);
        foreach (var component in components)
        {
            foreach (var source in component.Sources)
                walk.Add(component, source);
        }

        return walk.Result();
    }
}

/// <summary>What sources match.</summary>
/// <param name="Entries">In the order of components and sources, parents before their children; each host path once.</param>
/// <param name="Absent">Sources that match nothing.</param>
/// <param name="Skipped">What matches and cannot be captured: sockets, devices, named pipes.</param>
/// <param name="MissingRequired">The host paths of required sources that match nothing.</param>
public sealed record SourceExpansion(
    ImmutableArray<SourceEntry> Entries,
    ImmutableArray<AbsentPath> Absent,
    ImmutableArray<SkippedPath> Skipped,
    ImmutableArray<string> MissingRequired);

/// <summary>One file, folder or link that a source matches.</summary>
/// <param name="HostPath">Its path on the host.</param>
/// <param name="ArchivePath">Its place below <c>snapshot/</c>.</param>
/// <param name="Component">The component it belongs to.</param>
/// <param name="Source">The source that matched it.</param>
/// <param name="Metadata">What it is at this moment.</param>
public sealed record SourceEntry(string HostPath, string ArchivePath, Component Component, FileSource Source, FileMetadata Metadata);
