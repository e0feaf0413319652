using HxOps.Errors;
using HxOps.Files.Metadata;

namespace HxOps.Restoring.Planning;

/// <summary>Sees that the host still is what a plan was made for.</summary>
internal sealed class DriftCheck(DeploymentContext context)
{
    /// <summary>Refuses when any managed path changed since the plan was made.</summary>
    /// <exception cref="HxException">RestoreDrifted.</exception>
    internal void RequireUnchanged(RestoreWork work)
    {
        foreach (var (hostPath, seen) in work.Seen)
        {
            if (Look(hostPath) != seen)
                throw Drifted(hostPath);
        }
    }

    /// <summary>
    /// The same once more for the paths that are about to change: taking a safety checkpoint, staging and stopping units take their time,
    /// and what somebody writes meanwhile is in no checkpoint.
    /// </summary>
    /// <exception cref="HxException">RestoreDrifted.</exception>
    internal void RequireStillUnchanged(RestoreWork work)
    {
        foreach (var path in work.Paths)
        {
            var hostPath = path.Change.HostPath;
            if (!work.Seen.TryGetValue(hostPath, out var seen))
                continue; // Below something that was no folder, and is looked at itself.

            var now = Look(hostPath);
            var isSame = path is { Present.Kind: FileKind.Directory, Change.Kind: PathChangeKind.Metadata }
                ? (now?.Identity, now?.Kind) == (seen?.Identity, seen?.Kind) // Staging beside what lies in it has moved its times.
                : now == seen;
            if (!isSame)
                throw Drifted(hostPath);
        }
    }

    private PathFingerprint? Look(string hostPath) => PathFingerprint.Of(context.Root.Locate(hostPath));

    private static HxException Drifted(string hostPath) => new(RestoreErrors.Drifted, hostPath, $"{hostPath} has changed since the plan was made.");
}
