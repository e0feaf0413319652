using HxOps.Checkpoints.Proving;
using HxOps.Files;
using HxOps.Files.Native;
using HxOps.Formats;

namespace HxOps.Checkpoints;

/// <summary>Opens the archive files of checkpoints.</summary>
internal static class CheckpointFile
{
    private const long LeastBound = 1L << 30;
    private const long MostExpansion = 100;
    private const int ReadAhead = 256 << 10;

    /// <summary>Which file lies at a path.</summary>
    internal static ArchiveIdentity Identify(string path) =>
        Posix.TryStat(path, out var stat)
            ? new ArchiveIdentity(stat.Identity, (long)stat.Size, stat.ModifiedNanoseconds)
            : throw FileFailure.FromErrno(Posix.LastError, path, "read");

    /// <summary>Opens an archive, without changing its time of last access where that is permitted; the identity is that of the file that was opened.</summary>
    internal static FileStream Open(string path, out ArchiveIdentity identity)
    {
        try
        {
            var stream = UntouchedFile.Open(path, ReadAhead);
            if (!Posix.TryStat(stream.SafeFileHandle, out var stat))
                throw FileFailure.FromErrno(Posix.LastError, path, "read");

            identity = new ArchiveIdentity(stat.Identity, (long)stat.Size, stat.ModifiedNanoseconds);
            return stream;
        }
        catch (Exception failure) when (FileFailure.IsOne(failure))
        {
            throw FileFailure.Translate(failure, path, "read");
        }
    }

    /// <summary>Begins to read the members of an archive.</summary>
    /// <remarks>Of what others pack, nothing that a gateway is made of shrinks to less than a hundredth: what does, and is large, is a bomb.</remarks>
    internal static IArchiveReader Read(DeploymentContext context, FileStream stream, string path, long size)
    {
        var bound = Math.Min(ArchiveBounds.Default.TotalBytes, Math.Max(LeastBound, size * MostExpansion));
        return context.Codecs.Archives.Open(stream, path, ArchiveBounds.Default with { ForeignTotalBytes = bound });
    }

    /// <summary>Runs a reading of an archive; what the file system refuses meanwhile becomes a failure that names the archive.</summary>
    internal static T Guard<T>(string path, Func<T> reading)
    {
        try
        {
            return reading();
        }
        catch (Exception failure) when (FileFailure.IsOne(failure))
        {
            throw FileFailure.Translate(failure, path, "read");
        }
    }
}
