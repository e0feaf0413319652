using HxOps.Files.Native;

namespace HxOps.Files;

/// <summary>
/// Removes folders with all below them, from one open folder to the next rather than by paths: whoever may write there can put a link in the
/// place of a folder at any moment, and a path would then lead through it to somebody else's files.
/// </summary>
internal static class TreeRemover
{
    /// <summary>Removes an entry, a folder with all below it, a link itself; nothing there is as good.</summary>
    /// <param name="path">A local path; its own folder is trusted.</param>
    /// <exception cref="Errors.HxException">Something there cannot be removed.</exception>
    internal static void Remove(string path)
    {
        using var folder = Posix.Open(Path.GetDirectoryName(path) is { Length: > 0 } parent ? parent : ".", Posix.O_RDONLY | Posix.O_DIRECTORY);
        if (folder is not null)
            Remove(new EntryName(folder, Posix.NameOf(Path.GetFileName(path))), path);
        else if (Posix.LastError != Posix.ENOENT)
            throw FileFailure.FromErrno(Posix.LastError, path, "remove");
    }

    private static void Remove(EntryName entry, string path)
    {
        if (Posix.Unlink(entry) == 0 || Posix.LastError == Posix.ENOENT)
            return;

        if (Posix.LastError != Posix.EISDIR)
            throw FileFailure.FromErrno(Posix.LastError, path, "remove");

        Empty(entry, path);
        if (Posix.RemoveFolder(entry) < 0 && Posix.LastError != Posix.ENOENT)
            throw FileFailure.FromErrno(Posix.LastError, path, "remove");
    }

    private static void Empty(EntryName entry, string path)
    {
        using var folder = Posix.OpenFolder(entry) ?? throw FileFailure.FromErrno(Posix.LastError, path, "remove");
        foreach (var name in Posix.NamesIn(folder) ?? throw FileFailure.FromErrno(Posix.LastError, path, "remove"))
            Remove(new EntryName(folder, name), path);
    }
}
