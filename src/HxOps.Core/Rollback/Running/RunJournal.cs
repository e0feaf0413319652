using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using HxOps.Errors;
using HxOps.Files;
using HxOps.Files.Native;
using Microsoft.Win32.SafeHandles;

namespace HxOps.Rollback.Running;

/// <summary>
/// The journal of one run: one record a line, each behind a checksum that covers the line before as well, only ever appended to.
/// A record is on disk when <see cref="Append"/> returns.
/// </summary>
internal sealed class RunJournal : IDisposable
{
    private const int SumLength = 32;
    private const int MostBytes = 64 << 20;

    private readonly SafeFileHandle _file;
    private readonly string _path;
    private string _last;
    private long _length;

    private RunJournal(string path, SafeFileHandle file, string last, long length)
    {
        (_path, _file, _last, _length) = (path, file, last, length);
    }

    /// <summary>Begins a journal; its folder exists.</summary>
    public static RunJournal Create(string path)
    {
        var file = Posix.Open(path, Posix.O_RDWR | Posix.O_CREAT | Posix.O_EXCL, 0x180) ?? throw FileFailure.FromErrno(Posix.LastError, path, "write");
        FolderSync.Flush(Path.GetDirectoryName(path)!);
        return new RunJournal(path, file, "", 0);
    }

    /// <summary>Goes on with a journal behind its last whole record.</summary>
    public static RunJournal Continue(string path)
    {
        var (_, last, length) = ReadWhole(path);
        var file = Posix.Open(path, Posix.O_RDWR) ?? throw FileFailure.FromErrno(Posix.LastError, path, "write");
        return new RunJournal(path, file, last, length);
    }

    /// <summary>The records of a journal; a torn last line counts as not written.</summary>
    /// <exception cref="HxException">JournalDamaged, with the line.</exception>
    public static ImmutableArray<RunRecord> Read(string path) => ReadWhole(path).Records;

    /// <summary>Writes a record durably.</summary>
    public void Append(RunRecord record)
    {
        var text = JsonSerializer.Serialize(record, RunJson.Default.RunRecord);
        var sum = Sum(_last, text);
        var line = Encoding.UTF8.GetBytes($"{sum} {text}\n");
        try
        {
            RandomAccess.SetLength(_file, _length); // A torn line of before must not stand in front of this one.
            RandomAccess.Write(_file, line, _length);
            RandomAccess.FlushToDisk(_file);
        }
        catch (Exception failure) when (FileFailure.IsOne(failure))
        {
            throw FileFailure.Translate(failure, _path, "write");
        }

        _last = sum;
        _length += line.Length;
    }

    public void Dispose() => _file.Dispose();

    private static (ImmutableArray<RunRecord> Records, string Last, long Length) ReadWhole(string path)
    {
        var content = Bytes(path);
        var records = ImmutableArray.CreateBuilder<RunRecord>();
        var last = "";
        var start = 0;
        while (start < content.Length)
        {
            var end = Array.IndexOf(content, (byte)'\n', start);
            if (end < 0)
            {
                break; // The end of a write that a crash cut off: what it would have said never happened.
            }

            var line = Encoding.UTF8.GetString(content, start, end - start);
            if (Parse(line, last) is not { } record)
            {
                throw new HxException(RunErrors.JournalDamaged, path, $"Line {records.Count + 1} of the journal {path} does not bear its checksum.");
            }

            records.Add(record);
            last = line[..SumLength];
            start = end + 1;
        }

        return (records.ToImmutable(), last, start);
    }

    private static byte[] Bytes(string path)
    {
        try
        {
            return new FileInfo(path).Length <= MostBytes
                ? File.ReadAllBytes(path)
                : throw new HxException(RunErrors.JournalDamaged, path, $"The journal {path} is larger than any run writes.");
        }
        catch (Exception failure) when (FileFailure.IsOne(failure))
        {
            throw FileFailure.Translate(failure, path, "read");
        }
    }

    private static RunRecord? Parse(string line, string last)
    {
        if (line.Length <= SumLength || line[SumLength] != ' ' || Sum(last, line[(SumLength + 1)..]) != line[..SumLength])
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize(line.AsSpan(SumLength + 1), RunJson.Default.RunRecord);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string Sum(string last, string text) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(last + text)))[..SumLength];
}
