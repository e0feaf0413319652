using System.Security.Cryptography;
using System.Text.Json;
using HxOps.Files;
using Microsoft.Win32.SafeHandles;

namespace HxOps.Restoring;

/// <summary>
/// The journal of one restore: JSON lines, each with a checksum, only ever appended to. A record is on disk when <see cref="Append"/> returns.
/// </summary>
internal sealed class RestoreJournal : IDisposable
{
    private readonly SafeFileHandle _file;
    private readonly string _path;
    private readonly TimeProvider _clock;
    private long _length;

    private RestoreJournal(string path, SafeFileHandle file, long length, TimeProvider clock)
    {
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

        try
        {
            RandomAccess.SetLength(_file, _length); // A torn line of before must not stand in front of these.
            RandomAccess.Write(_file, lines.GetBuffer().AsSpan(0, (int)lines.Length), _length);
            RandomAccess.FlushToDisk(_file);
        }
        catch (Exception failure) when (FileFailure.IsOne(failure))
        {
            throw FileFailure.Translate(failure, _path, "write");
        }

        _length += lines.Length;
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
