using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.CompilerServices;
using HxOps.Files;

namespace HxOps.Services.Embedded;

/// <summary>Reads units' logs.</summary>
internal sealed class UnitLogReader(HostRoot root, UnitLogRedactor redactor, TimeProvider clock)
{
    private const int MostLine = 8 * 1024;
    private const int Information = 6;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <summary>
    /// The last lines printed since a time. Lines between two of the supervisor's own are taken whole when the later one is not before it:
    /// rather a line too many than one too few.
    /// </summary>
    internal ImmutableArray<LogLine> Read(string unit, DateTimeOffset since, int most)
    {
        var path = new UnitLog(root, unit).LocalPath;
        return Read(unit, path, since, most, () => UnitLogTail.Read(path).Lines);
    }

    /// <summary>The lines printed since a time, and those that are printed, until the caller gives up. Nobody tells of a new one, so the file is looked at again and again.</summary>
    internal async IAsyncEnumerable<LogLine> FollowAsync(string unit, DateTimeOffset since, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var path = new UnitLog(root, unit).LocalPath;
        var tail = UnitLogTail.Empty;
        for (var isFirst = true; ; isFirst = false)
        {
            var from = isFirst ? since : DateTimeOffset.MinValue;
            foreach (var line in Read(unit, path, from, int.MaxValue, () => (tail = isFirst ? UnitLogTail.ReadWhole(path) : tail.ReadOn(path)).Lines))
                yield return line;

            if (isFirst || tail.Lines.IsEmpty)
                await Task.Delay(Pause, clock, cancellation);
        }
    }

    private ImmutableArray<LogLine> Read(string unit, string path, DateTimeOffset since, int most, Func<ImmutableArray<string>> read)
    {
        var lines = ImmutableArray.CreateBuilder<LogLine>();
        var segment = new List<LogLine>();
        DateTimeOffset lastChange;
        try
        {
            lastChange = File.GetLastWriteTimeUtc(path);
            var time = lastChange;
            foreach (var text in read())
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
        return lines.Count == 0 ? [] : redactor.Redact(unit, lines.TakeLast(most));

        void Take(DateTimeOffset end)
        {
            if (end >= since)
            {
                lines.AddRange(segment);
            }

            segment.Clear();
        }
    }

    private static DateTimeOffset? TimeOf(string line) =>
        line.StartsWith(UnitLog.Prefix, StringComparison.Ordinal) && line.IndexOf(']', StringComparison.Ordinal) is > 0 and var end
        && DateTimeOffset.TryParseExact(line.AsSpan(UnitLog.Prefix.Length, end - UnitLog.Prefix.Length), UnitLog.Stamp, CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal, out var time)
            ? time
            : null;
}
