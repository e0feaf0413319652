using HxOps.Files.Metadata;
using HxOps.Files.Native;

namespace HxOps.Restoring.Planning;

/// <summary>What tells at little cost whether a path changed between the plan and its execution; the kernel sets the time of change itself.</summary>
internal readonly record struct PathFingerprint(FileIdentity Identity, FileKind Kind, ulong Size, long ChangedNanoseconds)
{
    /// <summary>The fingerprint of a local path; null when nothing is there.</summary>
    internal static PathFingerprint? Of(string path) =>
        Posix.TryStat(path, out var stat) ? new PathFingerprint(stat.Identity, stat.Kind, stat.Size, stat.ChangedNanoseconds) : null;
}
