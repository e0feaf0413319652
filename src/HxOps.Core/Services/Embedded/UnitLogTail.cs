using System.Collections.Immutable;
using System.Text;

namespace HxOps.Services.Embedded;

/// <summary>A part of a log that was read, and where to read on.</summary>
/// <param name="Lines">Its lines.</param>
/// <param name="End">The offset behind its last byte.</param>
internal sealed record UnitLogTail(ImmutableArray<string> Lines, long End)
{
    private const int MostBytes = 4 << 20;

    /// <summary>Nothing yet.</summary>
    internal static UnitLogTail Empty { get; } = new([], 0);

    /// <summary>The last lines of a log, also one that is not yet at its end.</summary>
    internal static UnitLogTail Read(string path) => Read(path, long.MaxValue, isWhole: false);

    /// <summary>The last lines of a log that are at their end; none where there is no log yet.</summary>
    internal static UnitLogTail ReadWhole(string path) => File.Exists(path) ? Read(path, long.MaxValue, isWhole: true) : Empty;

    /// <summary>The lines that have come to their end since; of a log that was made anew, all of them.</summary>
    internal UnitLogTail ReadOn(string path) => File.Exists(path) ? Read(path, End, isWhole: true) : Empty;

    private static UnitLogTail Read(string path, long from, bool isWhole)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var length = file.Length;
        var begin = from == long.MaxValue ? Math.Max(0, length - MostBytes) : from > length ? 0 : from;
        var isCut = from == long.MaxValue && begin > 0;
        file.Seek(begin, SeekOrigin.Begin);
        var bytes = new byte[Math.Min(length - begin, MostBytes)];
        var text = bytes.AsSpan(0, file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false));
        var whole = text.LastIndexOf((byte)'\n') + 1;
        if (isWhole && (whole > 0 || text.Length < MostBytes))
        {
            text = text[..whole];
        }

        var lines = Encoding.UTF8.GetString(text.EndsWith("\n"u8) ? text[..^1] : text).Split('\n').Skip(isCut ? 1 : 0);
        return new UnitLogTail(text.IsEmpty ? [] : [.. lines], begin + text.Length);
    }
}
