using System.Text;
using HxOps.Deployments;

namespace HxOps.Checkpoints.Layout;

/// <summary>Where things lie in an archive: the kit's layout, and one member more.</summary>
internal static class CheckpointLayout
{
    /// <summary>The folder that holds everything.</summary>
    internal const string Top = "snapshot";

    /// <summary>What the layout cannot carry.</summary>
    internal const string Manifest = "hxops.json";

    /// <summary>The checksums of all files, the last member.</summary>
    internal const string Checksums = "sha256sums.txt";

    /// <summary>The packages of the Python environment.</summary>
    internal const string PipFreeze = "env/pip-freeze.txt";

    /// <summary>What the gateway answered to the question for its models.</summary>
    internal const string Models = "runtime/models.json";

    /// <summary>The longest manifest or list of checksums that is read.</summary>
    internal const int LongestManifest = 256 << 20;

    /// <summary>The version of one Python package.</summary>
    internal static string PackageVersion(string package) => $"env/{package}-version.txt";

    /// <summary>Whether HxOps itself puts something there.</summary>
    internal static bool IsReserved(string archivePath, Deployment deployment) =>
        archivePath is Manifest or Checksums or Models
        || (deployment.Python is { } python && (archivePath == PipFreeze || archivePath == PackageVersion(python.Package)));

    /// <summary>A member's path for a path below <see cref="Top"/>.</summary>
    internal static string MemberPath(string archivePath) => Top + "/" + archivePath;

    /// <summary>
    /// The path below <see cref="Top"/> of a foreign member; empty for the top itself; null when it could reach outside, or
    /// hide in a listing.
    /// </summary>
    internal static string? ArchivePath(string memberPath)
    {
        var path = memberPath.StartsWith("./", StringComparison.Ordinal) ? memberPath[2..] : memberPath;
        if (path is Top or "" or ".")
            return "";

        if (!path.StartsWith(Top + "/", StringComparison.Ordinal) || !IsPlain(path))
            return null;

        return path[(Top.Length + 1)..];
    }

    /// <summary>Whether a path consists of plain names: no dots that lead elsewhere, no empty names, no control characters.</summary>
    internal static bool IsPlain(string relativePath) =>
        relativePath.Split('/').All(name => name is not ("" or "." or "..")) && !relativePath.Any(char.IsControl);

    /// <summary>Whether a host path is absolute and plain.</summary>
    internal static bool IsPlainHostPath(string path) => path.Length > 1 && path[0] == '/' && IsPlain(path[1..]) && Encoding.UTF8.GetByteCount(path) <= 4096;

    /// <summary>The folder of a path, or null at the top.</summary>
    internal static string? ParentOf(string path)
    {
        var slash = path.LastIndexOf('/');
        return slash <= 0 ? null : path[..slash];
    }
}
