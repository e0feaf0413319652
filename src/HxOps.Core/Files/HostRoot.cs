namespace HxOps.Files;

/// <summary>
/// Where the deployment's absolute paths lie on this machine: at <c>/</c>, or below a folder (staging, rehearsal, the demo).
/// A <i>host path</i> is what the deployment file says; a <i>local path</i> is what the operating system is given.
/// </summary>
public sealed record HostRoot
{
    private HostRoot(string folder) => Folder = folder;

    /// <summary>The machine itself.</summary>
    public static HostRoot Machine { get; } = new("");

    /// <summary>The folder put before every absolute path, without a trailing slash; empty for the machine itself.</summary>
    public string Folder { get; }

    /// <summary>Whether this is the machine itself rather than a folder on it.</summary>
    public bool IsMachine => Folder.Length == 0;

    /// <summary>A root below <paramref name="folder"/>.</summary>
    /// <param name="folder">An absolute or relative folder; null, empty or <c>/</c> is the machine itself.</param>
    public static HostRoot At(string? folder)
    {
        if (string.IsNullOrEmpty(folder))
        {
            return Machine;
        }

        var full = Path.GetFullPath(folder).TrimEnd('/');
        return full.Length == 0 ? Machine : new HostRoot(full);
    }

    /// <summary>The local path of a host path.</summary>
    public string Locate(string hostPath) => hostPath == "/" && !IsMachine ? Folder : Folder + hostPath;

    /// <summary>The host path of a local path; a path outside the root is given back unchanged.</summary>
    public string HostPathOf(string localPath) =>
        !IsMachine && localPath.StartsWith(Folder + "/", StringComparison.Ordinal) ? localPath[Folder.Length..] : localPath;
}
