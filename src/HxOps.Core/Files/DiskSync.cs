using HxOps.Files.Native;

namespace HxOps.Files;

/// <summary>Makes many entries durable at once.</summary>
internal static class DiskSync
{
    /// <summary>Makes durable all that lies on the file systems of the given folders: one call for each file system, however many files.</summary>
    /// <param name="folders">Existing local folders.</param>
    internal static void FlushFileSystems(IEnumerable<string> folders)
    {
        var done = new HashSet<ulong>();
        foreach (var folder in folders)
        {
            using var handle = Posix.Open(folder, Posix.O_RDONLY | Posix.O_DIRECTORY) ?? throw FileFailure.FromErrno(Posix.LastError, folder, "open");
            if (!Posix.TryStat(handle, out var stat))
                throw FileFailure.FromErrno(Posix.LastError, folder, "read");

            if (done.Add(stat.Identity.Device) && Posix.Retry(() => Posix.SyncFileSystem(handle)) < 0)
                throw FileFailure.FromErrno(Posix.LastError, folder, "sync");
        }
    }
}
