using System.Security.Cryptography;
using System.Text.Json;
using HxOps.Files;
using HxOps.Files.Native;
using Microsoft.Win32.SafeHandles;

namespace HxOps.Restoring.Journaling;

/// <summary>
/// The journal of one restore: JSON lines, each with a checksum, only ever appended to. A record is on disk when <see cref="Append"/> returns.
/// Zeros may follow the last line while the restore is under way: room that is taken before it is needed.
/// </summary>
internal sealed class RestoreJournal : IDisposable
{
    private const int Room = 64 << 10; // The records from the commit on are short.

    private readonly SafeFileHandle _file;
    private readonly string _path;
    private readonly TimeProvider _clock;
    private long _length;
    private long _dirty; // Up to here something other than zeros may stand behind the last whole record.

    private RestoreJournal(string path, SafeFileHandle file, long length, TimeProvider clock)
    {
        _dirty = RandomAccess.GetLength(file);
        _path = path;
        _file = file;
        _length = length;
        _clock = clock;
    }

    /// <summary>The time for the next record.</summary>
    internal DateTimeOffset Now => _clock.GetUtcNow();

    /// <summary>Begins a journal; its folder exists.</summary>
    internal static RestoreJournal Create(string path, TimeProvider clock)
    {
        var file = Posix.Open(path, Posix.O_RDWR | Posix.O_CREAT | Posix.O_EXCL, 0x180) ?? throw FileFailure.FromErrno(Posix.LastError, path, "write");
        var journal = new RestoreJournal(path, file, 0, clock);
        FolderSync.Flush(Path.GetDirectoryName(path)!);
        return journal;
    }

    /// <summary>Goes on with a journal behind its last whole record.</summary>
    internal static RestoreJournal Continue(string path, long length, TimeProvider clock)
    {
        var file = Posix.Open(path, Posix.O_RDWR) ?? throw FileFailure.FromErrno(Posix.LastError, path, "write");
        return new RestoreJournal(path, file, length, clock);
    }

    /// <summary>Takes the room for the records to come. From the commit on a disk that fills up must not keep the end off the record.</summary>
    /// <exception cref="Errors.HxException">There is no such room.</exception>
    internal void Reserve()
    {
        // Another failure means that this file system takes no room in advance.
        if (Posix.Allocate(_file, _length, Room) is (Posix.ENOSPC or Posix.EDQUOT) and var errno)
            throw FileFailure.FromErrno(errno, _path, "write");
    }

    /// <summary>Writes the last record durably, and gives back the room that was not needed.</summary>
    internal void Close(RestoreOutcome outcome, int changed)
    {
        Append(new RestoreClosed(outcome, changed) { AtUtc = Now });
        try
        {
            RandomAccess.SetLength(_file, _length);
        }
        catch (Exception failure) when (FileFailure.IsOne(failure))
        {
            // Zeros behind the last record harm nobody.
        }
    }

    /// <summary>Writes records durably.</summary>
    internal void Append(params IEnumerable<JournalRecord> records)
    {
        using var lines = new MemoryStream();
        foreach (var record in records)
        {
            var text = JsonSerializer.SerializeToUtf8Bytes(record, JournalJson.Default.JournalRecord);
            lines.Write("{\"sum\":\""u8);
            lines.Write(Sum(text));
            lines.Write("\",\"record\":"u8);
            lines.Write(text);
            lines.Write("}\n"u8);
        }

        // What a torn line of before has left behind these becomes zeros; cutting it off would give away the room.
        var end = _length + lines.Length;
        lines.SetLength(Math.Max(lines.Length, _dirty - _length));
        _dirty = Math.Max(_dirty, end);
        try
        {
            RandomAccess.Write(_file, lines.GetBuffer().AsSpan(0, (int)lines.Length), _length);
            RandomAccess.FlushToDisk(_file);
        }
        catch (Exception failure) when (FileFailure.IsOne(failure))
        {
            throw FileFailure.Translate(failure, _path, "write");
        }

        _length = _dirty = end;
    }

    public void Dispose() => _file.Dispose();

    /// <summary>The checksum of a record's text.</summary>
    internal static ReadOnlySpan<byte> Sum(ReadOnlySpan<byte> record)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(record, hash);
        return System.Text.Encoding.ASCII.GetBytes(Convert.ToHexStringLower(hash[..8]));
    }
}
