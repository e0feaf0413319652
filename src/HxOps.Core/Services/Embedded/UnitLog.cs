using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using HxOps.Files;

namespace HxOps.Services.Embedded;

/// <summary>
/// The log of a unit: what its processes print, line by line as they print it, in <c>/var/log/hxops</c> below a root. The supervisor is
/// not there while a service runs, so the lines carry no time; it writes lines of its own with the time at each start and stop, and a
/// printed line is dated by the last of those before it.
/// </summary>
internal sealed class UnitLog(HostRoot root, string unit)
{
    private const string Folder = "/var/log/hxops";
    private const string Prefix = "[hxops ";
    private const string Stamp = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";
    private const int MostTail = 4 << 20;
    private const int MostLine = 8 * 1024;
    private const int Information = 6;
    private const UnixFileMode OwnerFolder = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode OwnerFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Local path of the file.</summary>
    internal string LocalPath { get; } = $"{root.Locate(Folder)}/{unit}.log";

    /// <summary>Appends a line of the supervisor's own; makes the file with mode 600 where there is none.</summary>
    internal void Note(DateTimeOffset time, string text)
    {
        Directory.CreateDirectory(root.Locate(Folder), OwnerFolder);
        using var file = new FileStream(LocalPath, new FileStreamOptions
        {
            Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.ReadWrite | FileShare.Delete, UnixCreateMode = OwnerFile,
        });
        file.Seek(0, SeekOrigin.End);
        file.Write(Encoding.UTF8.GetBytes($"{Prefix}{time.UtcDateTime.ToString(Stamp, CultureInfo.InvariantCulture)}] {text}\n"));
    }

    /// <summary>
    /// The last lines printed since a time. Lines between two of the supervisor's own are taken whole when the later one is not before it:
    /// rather a line too many than one too few.
    /// </summary>
    internal ImmutableArray<LogLine> Read(DateTimeOffset since, int most)
    {
        var lines = ImmutableArray.CreateBuilder<LogLine>();
        var segment = new List<LogLine>();
        var time = DateTimeOffset.MinValue;
        DateTimeOffset lastChange;
        try
        {
            lastChange = File.GetLastWriteTimeUtc(LocalPath);
            foreach (var text in Tail())
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

        Take(lastChange);
        return [.. lines.TakeLast(most)];

        void Take(DateTimeOffset end)
        {
            if (end >= since)
            {
                lines.AddRange(segment);
            }

            segment.Clear();
        }
    }

    private List<string> Tail()
    {
        using var file = new FileStream(LocalPath, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
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
        line.StartsWith(Prefix, StringComparison.Ordinal) && line.IndexOf(']', StringComparison.Ordinal) is > 0 and var end
        && DateTimeOffset.TryParseExact(line.AsSpan(Prefix.Length, end - Prefix.Length), Stamp, CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal, out var time)
            ? time
            : null;
}
