using System.Text.Json;
using HxOps.Errors;
using HxOps.Files;

namespace HxOps.Restoring.Journaling;

/// <summary>Reads a journal back. What follows the last whole record was never relied upon, and is ignored.</summary>
internal static class JournalReader
{
    private const long LargestJournal = 1L << 30;

    private const int LongestEnd = 16 << 10; // No first and no last record comes near it.

    // The fixed parts of a line around the checksum and the record.
    private static ReadOnlySpan<byte> Opening => "{\"sum\":\""u8;

    private static ReadOnlySpan<byte> Middle => "\",\"record\":"u8;

    /// <summary>The records of a journal and how many bytes they take.</summary>
    /// <exception cref="HxException">JournalDamaged: a record in the middle is not what was written.</exception>
    internal static (List<JournalRecord> Records, long Length) Read(string path)
    {
        var content = Load(path);
        var records = new List<JournalRecord>();
        var start = 0;
        while (start < content.Length)
        {
            var length = content[start..].IndexOf((byte)'\n');
            var end = start + length;
            var record = length < 0 ? null : Parse(content[start..end]);
            if (record is null)
            {
                if (length >= 0 && end < content.Length - 1)
                    throw new HxException(RestoreErrors.JournalDamaged, path, $"Record {records.Count + 1} of {path} is damaged, and others follow it.");

                break;
            }

            records.Add(record);
            start = end + 1;
        }

        return (records, start);
    }

    /// <summary>The first and the last record, without what lies between them; null for one that is not whole.</summary>
    internal static (JournalRecord? First, JournalRecord? Last) ReadEnds(string path)
    {
        try
        {
            using var file = UntouchedFile.Open(path, bufferSize: 0);
            Span<byte> buffer = new byte[LongestEnd];
            var head = buffer[..file.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false)];
            var first = head.IndexOf((byte)'\n') is >= 0 and var end ? Parse(head[..end]) : null;

            file.Seek(-Math.Min(LongestEnd, file.Length), SeekOrigin.End);
            var tail = buffer[..file.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false)];
            var last = tail.EndsWith("\n"u8) ? Parse(tail[(tail[..^1].LastIndexOf((byte)'\n') + 1)..^1]) : null;
            return (first, last);
        }
        catch (Exception failure) when (FileFailure.IsOne(failure))
        {
            throw FileFailure.Translate(failure, path, "read");
        }
    }

    private static ReadOnlySpan<byte> Load(string path)
    {
        try
        {
            if (new FileInfo(path).Length > LargestJournal)
                throw new HxException(RestoreErrors.JournalDamaged, path, $"{path} is larger than any journal.");

            return UntouchedFile.ReadAllBytes(path).AsSpan().TrimEnd((byte)0); // Room that was taken for records to come.
        }
        catch (Exception failure) when (FileFailure.IsOne(failure))
        {
            throw FileFailure.Translate(failure, path, "read");
        }
    }

    private static JournalRecord? Parse(ReadOnlySpan<byte> line)
    {
        const int sumLength = 16;
        var head = Opening.Length + sumLength + Middle.Length;
        if (line.Length <= head || !line.StartsWith(Opening) || line[^1] != '}')
            return null;

        var record = line[head..^1];
        if (!RestoreJournal.Sum(record).SequenceEqual(line.Slice(Opening.Length, sumLength)))
            return null;

        try
        {
            return JsonSerializer.Deserialize(record, JournalJson.Default.JournalRecord);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
