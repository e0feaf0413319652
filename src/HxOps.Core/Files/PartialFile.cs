using HxOps.Files.Metadata;
using HxOps.Files.Native;
using Microsoft.Win32.SafeHandles;

namespace HxOps.Files;

/// <summary>
/// A file that is brought over in several attempts: it grows, and is durable as far as it goes. Others may be able to write to its folder, so
/// an attempt goes on only with what an earlier one of the same user has made.
/// </summary>
internal static class PartialFile
{
    private const uint Mode = 0x180; // 600: it may hold secrets.
    private const int BufferSize = 1 << 20;

    /// <summary>How far an earlier attempt came; zero when there was none.</summary>
    internal static long Length(string part) => Posix.TryStat(part, out var stat) && IsOurs(stat) ? (long)stat.Size : 0;

    /// <summary>Appends what a file has from an offset on, and syncs it.</summary>
    /// <param name="source">The local file.</param>
    /// <param name="part">The local file that grows; cut to the offset first. At zero, whatever has its name is removed.</param>
    /// <param name="offset">Bytes that it has already.</param>
    /// <param name="cancellation">Stops it; what was written stays.</param>
    internal static void Append(string source, string part, long offset, CancellationToken cancellation)
    {
        try
        {
            using var from = new FileStream(source, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
            using var to = new FileStream(Open(part, isNew: offset == 0), FileAccess.Write, bufferSize: 0);
            to.SetLength(offset);
            to.Position = from.Position = offset;
            var buffer = new byte[BufferSize];
            for (int read; (read = from.Read(buffer)) > 0;)
            {
                cancellation.ThrowIfCancellationRequested();
                to.Write(buffer, 0, read);
            }

            to.Flush(flushToDisk: true);
        }
        catch (Exception failure) when (FileFailure.IsOne(failure))
        {
            throw FileFailure.Translate(failure, part, "write");
        }
    }

    private static SafeFileHandle Open(string part, bool isNew)
    {
        if (isNew)
            _ = Posix.Unlink(part); // What cannot be removed is in the way of what follows.

        var handle = Posix.Open(part, Posix.O_WRONLY | Posix.O_NOFOLLOW | Posix.O_NONBLOCK | (isNew ? Posix.O_CREAT | Posix.O_EXCL : 0), Mode)
            ?? throw FileFailure.FromErrno(Posix.LastError, part, "write");
        if (isNew || (Posix.TryStat(handle, out var stat) && IsOurs(stat)))
            return handle;

        handle.Dispose();
        throw FileFailure.FromErrno(Posix.EPERM, part, "go on with");
    }

    private static bool IsOurs(in Posix.Stat stat) =>
        stat is { Kind: FileKind.File, LinkCount: 1, Mode: (int)Mode } && stat.UserId == Posix.EffectiveUser();
}
