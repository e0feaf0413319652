using System.Globalization;
using System.Text;

namespace HxOps.Codecs;

/// <summary>What the headers before a member add to its own: pax records, and GNU's long names and links.</summary>
internal sealed class TgzExtensions
{
    private TgzPaxRecords? _records;
    private string? _path;
    private string? _link;
    private bool _isMalformed;

    /// <summary>Whether there was none.</summary>
    internal bool IsEmpty => _records is null && _path is null && _link is null && !_isMalformed;

    /// <summary>Takes an extending header; false when it is a member's own.</summary>
    internal bool Take(byte type, Func<byte[]> content)
    {
        switch (type)
        {
            case (byte)'x':
                _isMalformed |= _records is not null;
                _records = TgzPaxRecords.Parse(content());
                _isMalformed |= _records is null;
                return true;
            case (byte)'g':
                // Git writes a comment there. Anything else would change every member that follows, and no checkpoint has it.
                _isMalformed |= TgzPaxRecords.Parse(content())?.Keys.Any(key => key != "comment") ?? true;
                return true;
            case (byte)'L':
                _isMalformed |= _path is not null;
                _path = Text(content());
                return true;
            case (byte)'K':
                _isMalformed |= _link is not null;
                _link = Text(content());
                return true;
            default:
                return false;
        }
    }

    /// <summary>The member's header with what was added; null when that is malformed.</summary>
    internal TgzTarHeader? Apply(TgzTarHeader header)
    {
        header = header with { Path = _path ?? header.Path, Link = _link ?? header.Link };
        if (_records is null)
            return _isMalformed ? null : header;

        var size = Number(_records["size"], header.Size);
        var user = Number(_records["uid"], header.UserId);
        var group = Number(_records["gid"], header.GroupId);
        var modified = Nanoseconds(_records["mtime"], header.ModifiedNanoseconds);
        if (_isMalformed || size is null or < 0 || user is null or < 0 or > uint.MaxValue || group is null or < 0 or > uint.MaxValue || modified is null
            || _records.Keys.Any(key => key.StartsWith("GNU.sparse", StringComparison.Ordinal)))
            return null;

        return header with
        {
            Path = _records["path"] ?? header.Path,
            Link = _records["linkpath"] ?? header.Link,
            Size = size.Value,
            UserId = (uint)user,
            GroupId = (uint)group,
            UserName = _records["uname"] ?? header.UserName,
            GroupName = _records["gname"] ?? header.GroupName,
            ModifiedNanoseconds = modified.Value,
        };
    }

    private static long? Number(string? text, long otherwise) =>
        text is null ? otherwise : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static long? Nanoseconds(string? text, long otherwise)
    {
        if (text is null)
            return otherwise;

        if (!decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds))
            return null;

        return Math.Abs(seconds) < 9_000_000_000m ? (long)(seconds * 1_000_000_000m) : null;
    }

    private static string Text(ReadOnlySpan<byte> bytes)
    {
        var end = bytes.IndexOf((byte)0);
        return Encoding.UTF8.GetString(end < 0 ? bytes : bytes[..end]);
    }
}
