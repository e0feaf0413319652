using HxOps.Files.Native;

namespace HxOps.Files;

/// <summary>Makes names durable: a rename or a new name survives a power cut only when its folder has been synced.</summary>
public static class FolderSync
{
    /// <summary>Syncs a folder, and with it the names in it.</summary>
    public static void Flush(string folder)
    {
        using var handle = Posix.Open(folder, Posix.O_RDONLY | Posix.O_DIRECTORY) ?? throw FileFailure.FromErrno(Posix.LastError, folder, "open");

        // Some network file systems cannot sync folders (EINVAL); there is nothing more to be done there.
        if (Posix.Retry(() => Posix.Sync(handle)) < 0 && Posix.LastError != Posix.EINVAL)
            throw FileFailure.FromErrno(Posix.LastError, folder, "sync");
    }

    /// <summary>Makes a folder with its missing parents, each of them durable. Existing folders stay as they are.</summary>
    /// <param name="folder">A local path.</param>
    /// <param name="mode">Permission bits of what is made.</param>
    public static void Create(string folder, UnixFileMode mode)
    {
        if (Directory.Exists(folder))
            return;

        var parent = Path.GetDirectoryName(folder);
        if (!string.IsNullOrEmpty(parent))
            Create(parent, mode);

        try
        {
            Directory.CreateDirectory(folder, mode);
        }
        catch (Exception failure) when (FileFailure.IsOne(failure))
        {
            throw FileFailure.Translate(failure, folder, "make");
        }

        if (!string.IsNullOrEmpty(parent))
            Flush(parent);
    }
}
