using HxOps.Deployments;

namespace HxOps.Checkpoints.Sources;

/// <summary>Tells which source of a deployment a host path belongs to, whether it exists or not.</summary>
public sealed class ManagedPaths(Deployment deployment)
{
    private readonly ManagedSource[] _sources =
        [.. deployment.Components.SelectMany(component => component.Sources.Select(source => new ManagedSource(new ManagedPath(component, source))))];

    /// <summary>The first source, in the deployment's order, that names the path, a folder above it, or a pattern that matches one of them.</summary>
    /// <param name="hostPath">An absolute path without a trailing slash.</param>
    public ManagedPath? Find(string hostPath) => Array.Find(_sources, source => source.Covers(hostPath))?.Path;

    /// <summary>The same among the sources of one component.</summary>
    /// <param name="component">The component's name.</param>
    /// <param name="hostPath">An absolute path without a trailing slash.</param>
    public ManagedPath? Find(string component, string hostPath) =>
        Array.Find(_sources, source => source.Path.Component.Name == component && source.Covers(hostPath))?.Path;

    private sealed class ManagedSource(ManagedPath path)
    {
        private readonly SourcePattern _pattern = new(path.Source.Path.TrimEnd('/'));

        internal ManagedPath Path { get; } = path;

        // What a pattern matches may be a folder, which is covered with all below it.
        internal bool Covers(string hostPath)
        {
            if (!hostPath.StartsWith(_pattern.Folder + "/", StringComparison.Ordinal))
                return false;

            var names = hostPath[(_pattern.Folder.Length + 1)..].Split('/');
            return names.Length >= _pattern.Segments.Length
                && _pattern.Segments.Zip(names).All(pair => SourcePattern.Matches(pair.First, pair.Second));
        }
    }
}

/// <summary>Where a host path belongs.</summary>
/// <param name="Component">The component.</param>
/// <param name="Source">Its source.</param>
public sealed record ManagedPath(Component Component, FileSource Source);
