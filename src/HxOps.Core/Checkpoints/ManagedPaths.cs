using HxOps.Deployments;

namespace HxOps.Checkpoints;

/// <summary>Tells which source of a deployment a host path belongs to, whether it exists or not.</summary>
public sealed class ManagedPaths(Deployment deployment)
{
    /// <summary>The first source, in the deployment's order, that names the path, a folder above it, or a pattern that matches one of them.</summary>
    /// <param name="hostPath">An absolute path without a trailing slash.</param>
    public ManagedPath? Find(string hostPath)
    {
        foreach (var component in deployment.Components)
        {
            foreach (var source in component.Sources)
            {
                if (Covers(source, hostPath))
                    return new ManagedPath(component, source);
            }
        }

        return null;
    }

    private static bool Covers(FileSource source, string hostPath)
    {
        var pattern = new SourcePattern(source.Path.TrimEnd('/'));
        if (!hostPath.StartsWith(pattern.Folder + "/", StringComparison.Ordinal))
            return false;

        var names = hostPath[(pattern.Folder.Length + 1)..].Split('/');
        return names.Length >= pattern.Segments.Length && pattern.Segments.Zip(names).All(pair => SourcePattern.Matches(pair.First, pair.Second));
    }
}

/// <summary>Where a host path belongs.</summary>
/// <param name="Component">The component.</param>
/// <param name="Source">Its source.</param>
public sealed record ManagedPath(Component Component, FileSource Source);
