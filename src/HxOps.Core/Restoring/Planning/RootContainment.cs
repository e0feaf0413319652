using System.Collections.Immutable;
using HxOps.Errors;
using HxOps.Files;

namespace HxOps.Restoring.Planning;

/// <summary>Refuses, before anything changes, to write below a root folder by a way that leads out of it.</summary>
internal static class RootContainment
{
    /// <summary>Refuses when the way to one of the paths leaves the root.</summary>
    /// <exception cref="HxException">RootLeft, with the path concerned.</exception>
    internal static void Require(HostRoot root, ImmutableArray<PlannedPath> paths)
    {
        var boundary = new RootBoundary(root);
        var replaced = paths.Select(path => path.Change.HostPath).ToHashSet(StringComparer.Ordinal); // A link that gives way itself is not gone through.
        foreach (var path in paths)
        {
            if (boundary.ExitOnTheWayTo(path.Change.HostPath) is { } exit && !replaced.Contains(exit))
                throw new HxException(RestoreErrors.RootLeft, path.Change.HostPath, $"{path.Change.HostPath} would be written outside of {root.Folder}: the link {exit} leads out of it.");
        }
    }
}
