using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using HxOps.Files;

namespace HxOps.Services.Embedded;

/// <summary>Reads units' logs.</summary>
internal sealed class UnitLogReader(HostRoot root, UnitLogRedactor redactor)
{
    private const int MostTail = 4 << 20;
    private const int MostLine = 8 * 1024;
    private const int Information = 6;

    /// <summary>
    /// The last lines printed since a time. Lines between two of the supervisor's own are taken whole when the later one is not before it:
    /// rather a line too many than one too few.
    /// </summary>
    internal ImmutableArray<LogLine> Read(string unit, DateTimeOffset since, int most)
    {
        var path = new UnitLog(root, unit).LocalPath;
        var lines = ImmutableArray.CreateBuilder<LogLine>();
        var segment = new List<LogLine>();
        DateTimeOffset lastChange;
        try
        {
            lastChange = File.GetLastWriteTimeUtc(path);
            var time = lastChange;
            foreach (var text in Tail(path))
            {
                if (TimeOf(text) is { } own)
                {
                    Take(own);
                    time = own;
                }

                segment.Add(new LogLine(time, unit, Information, text.Length > MostLine ? text[..MostLine] + "..." : text));
            }
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return [];
        }
        catch (Exception error) when (FileFailure.IsOne(error))
        {
            throw FileFailure.Translate(error, path, "read");
        }

        Take(lastChange);
        return redactor.Redact(unit, lines.TakeLast(most));

        void Take(DateTimeOffset end)
        {
            if (end >= since)
            {
                lines.AddRange(segment);
            }

            segment.Clear();
        }
    }

    private static List<string> Tail(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var isCut = file.Length > MostTail;
        file.Seek(Math.Max(0, file.Length - MostTail), SeekOrigin.Begin);
        var bytes = new byte[MostTail];
        var count = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        var lines = Encoding.UTF8.GetString(bytes, 0, count).Split('\n').Skip(isCut ? 1 : 0).ToList();
        if (lines is [.., ""])
        {
            lines.RemoveAt(lines.Count - 1);
        }

        return lines;
    }

    private static DateTimeOffset? TimeOf(string line) =>
        line.StartsWith(UnitLog.Prefix, StringComparison.Ordinal) && line.IndexOf(']', StringComparison.Ordinal) is > 0 and var end
        && DateTimeOffset.TryParseExact(line.AsSpan(UnitLog.Prefix.Length, end - UnitLog.Prefix.Length), UnitLog.Stamp, CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal, out var time)
            ? time
            : null;
}
