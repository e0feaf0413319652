using System.Globalization;
using System.Text;

namespace HxOps.Codecs;

/// <summary>The records of a pax header: <c>"25 path=some/long/name\n"</c>, each with its own length in front.</summary>
internal sealed class TgzPaxRecords
{
    private readonly Dictionary<string, string> _records = new(StringComparer.Ordinal);

    /// <summary>The value of a record, or null.</summary>
    internal string? this[string key] => _records.GetValueOrDefault(key);

    /// <summary>The keys that there are.</summary>
    internal IEnumerable<string> Keys => _records.Keys;

    /// <summary>Reads records; null when they are malformed.</summary>
    internal static TgzPaxRecords? Parse(ReadOnlySpan<byte> bytes)
    {
        var records = new TgzPaxRecords();
        while (!bytes.IsEmpty)
        {
            var space = bytes.IndexOf((byte)' ');
            if (space <= 0 || !int.TryParse(bytes[..space], NumberStyles.None, CultureInfo.InvariantCulture, out var length)
                || length <= space + 1 || length > bytes.Length || bytes[length - 1] != '\n')
                return null;

            var record = bytes[(space + 1)..(length - 1)];
            var equals = record.IndexOf((byte)'=');
            if (equals <= 0)
                return null;

            records._records[Encoding.UTF8.GetString(record[..equals])] = Encoding.UTF8.GetString(record[(equals + 1)..]);
            bytes = bytes[length..];
        }

        return records;
    }

    /// <summary>Adds a record where it is needed.</summary>
    internal void AddIf(bool condition, string key, long value) => AddIf(condition, key, condition ? value.ToString(CultureInfo.InvariantCulture) : "");

    /// <inheritdoc cref="AddIf(bool, string, long)"/>
    internal void AddIf(bool condition, string key, string value)
    {
        if (condition)
            _records.Add(key, value);
    }

    /// <summary>The records as the content of a pax header; empty when there are none.</summary>
    internal byte[] ToBytes()
    {
        if (_records.Count == 0)
            return [];

        var text = new StringBuilder();
        foreach (var (key, value) in _records)
        {
            var body = 3 + Encoding.UTF8.GetByteCount(key) + Encoding.UTF8.GetByteCount(value);
            var length = body + Digits(body);
            length = body + Digits(length); // The length counts its own digits, of which there may now be one more.
            text.Append(CultureInfo.InvariantCulture, $"{length} {key}={value}\n");
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static int Digits(int number) => number.ToString(CultureInfo.InvariantCulture).Length;
}
