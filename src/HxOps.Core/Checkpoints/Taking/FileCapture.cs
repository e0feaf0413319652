using System.Security.Cryptography;
using HxOps.Checkpoints.Sources;
using HxOps.Files;
using HxOps.Files.Accounts;
using HxOps.Files.Metadata;
using HxOps.Files.Native;
using HxOps.Formats;
using Microsoft.Win32.SafeHandles;

namespace HxOps.Checkpoints.Taking;

/// <summary>
/// Puts the content of files into an archive, each read once. Files of ordinary size are read until two looks at them agree; larger ones
/// are streamed, and noticed when they changed meanwhile.
/// </summary>
internal sealed class FileCapture(HostRoot root, IArchiveWriter archive)
{
    private const int LargestBuffered = 8 << 20;
    private const int StreamBuffer = 256 << 10;
    private const int MostAttempts = 3;
    private const string Changed = "it changed while it was read";
    private const string Gone = "it went away while the checkpoint was taken";

    private readonly MetadataReader _metadata = new(new AccountDirectory(root));
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private byte[] _buffer = new byte[StreamBuffer];

    /// <summary>Captures one file.</summary>
    /// <exception cref="Errors.HxException">It cannot be read.</exception>
    internal CapturedFile Capture(SourceEntry entry, string path)
    {
        for (var attempt = 1; ; attempt++)
        {
            using var file = Posix.Open(path, Posix.O_RDONLY | Posix.O_NOFOLLOW | Posix.O_NONBLOCK);
            if (file is null)
                return Posix.LastError is Posix.ENOENT or Posix.ELOOP ? new CapturedFile(entry.Metadata, null, Gone) : throw Unreadable(entry);

            if (!Posix.TryStat(file, out var before))
                throw Unreadable(entry);
            if (before.Kind != FileKind.File)
                return new CapturedFile(entry.Metadata, null, Changed);

            var metadata = IsAsExpanded(before, entry.Metadata) ? entry.Metadata : _metadata.Read(file, path);
            if (metadata.Size > LargestBuffered)
                return Stream(entry, file, metadata, before);

            var length = ReadWhole(entry, file, (int)metadata.Size);
            if (length == metadata.Size && IsUnchanged(file, before))
                return Put(entry, metadata, length);

            if (attempt == MostAttempts)
                return new CapturedFile(metadata, null, Changed);
        }
    }

    private CapturedFile Put(SourceEntry entry, FileMetadata metadata, int length)
    {
        var content = _buffer.AsSpan(0, length);
        archive.Begin(Members.Of(entry.ArchivePath, metadata));
        archive.Write(content);
        return new CapturedFile(metadata, Convert.ToHexStringLower(SHA256.HashData(content)), null);
    }

    // The archive must stay whole whatever the file does: what is missing becomes zeros, what was added is left out, and it is told.
    private CapturedFile Stream(SourceEntry entry, SafeFileHandle file, FileMetadata metadata, in Posix.Stat before)
    {
        archive.Begin(Members.Of(entry.ArchivePath, metadata));
        var left = metadata.Size;
        while (left > 0)
        {
            var wanted = (int)Math.Min(left, StreamBuffer);
            var count = Read(entry, file, _buffer.AsSpan(0, wanted));
            _buffer.AsSpan(count, wanted - count).Clear();
            _hash.AppendData(_buffer, 0, wanted);
            archive.Write(_buffer.AsSpan(0, wanted));
            left -= wanted;
        }

        return new CapturedFile(metadata, Convert.ToHexStringLower(_hash.GetHashAndReset()), IsUnchanged(file, before) ? null : Changed);
    }

    private int ReadWhole(SourceEntry entry, SafeFileHandle file, int size)
    {
        if (_buffer.Length < size)
            _buffer = new byte[LargestBuffered];
        return Read(entry, file, _buffer.AsSpan(0, size));
    }

    private static unsafe int Read(SourceEntry entry, SafeFileHandle file, Span<byte> buffer)
    {
        var total = 0;
        fixed (byte* start = buffer)
        {
            while (total < buffer.Length)
            {
                var count = (int)Posix.Read(file, start + total, (nuint)(buffer.Length - total));
                if (count < 0 && Posix.LastError == Posix.EINTR)
                    continue;
                if (count < 0)
                    throw Unreadable(entry);
                if (count == 0)
                    break;

                total += count;
            }
        }

        return total;
    }

    private static bool IsUnchanged(SafeFileHandle file, in Posix.Stat before) =>
        Posix.TryStat(file, out var after)
        && after.Size == before.Size
        && after.ModifiedNanoseconds == before.ModifiedNanoseconds
        && after.ChangedNanoseconds == before.ChangedNanoseconds;

    private static bool IsAsExpanded(in Posix.Stat stat, FileMetadata expanded) =>
        stat.Identity == expanded.Identity && stat.Mode == expanded.Mode && stat.UserId == expanded.UserId && stat.GroupId == expanded.GroupId
        && (long)stat.Size == expanded.Size && stat.ModifiedNanoseconds == expanded.ModifiedNanoseconds;

    private static Errors.HxException Unreadable(SourceEntry entry) => FileFailure.FromErrno(Posix.LastError, entry.HostPath, "read");
}

/// <summary>What became of a file.</summary>
/// <param name="Metadata">What it was when it was read.</param>
/// <param name="Sha256">The checksum of what is in the archive; null when nothing is.</param>
/// <param name="Problem">Why it does not count as captured; null when it does.</param>
internal sealed record CapturedFile(FileMetadata Metadata, string? Sha256, string? Problem);
