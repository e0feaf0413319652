using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace HxOps.Evidence;

/// <summary>A line of the audit log: a checksum that covers the line before as well, then the entry.</summary>
/// <param name="Sum">The checksum that the line bears.</param>
/// <param name="Text">The entry as JSON.</param>
internal sealed record AuditLine(string Sum, string Text)
{
    private const int SumLength = 64;

    /// <summary>The line of an entry behind another line.</summary>
    public static AuditLine Of(AuditEntry entry, string before)
    {
        var text = JsonSerializer.Serialize(entry, AuditJson.Default.AuditEntry);
        return new AuditLine(SumOf(before, text), text);
    }

    /// <summary>A line as it stands in the file; null when it has not even the shape of one.</summary>
    public static AuditLine? Parse(string line) =>
        line.Length > SumLength && line[SumLength] == ' ' ? new AuditLine(line[..SumLength], line[(SumLength + 1)..]) : null;

    /// <summary>Whether the line bears its own checksum, given the one before.</summary>
    public bool Follows(string before) => SumOf(before, Text) == Sum;

    /// <summary>The entry, or null when the text is none.</summary>
    public AuditEntry? Entry()
    {
        try
        {
            return JsonSerializer.Deserialize(Text, AuditJson.Default.AuditEntry);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Sum} {Text}\n";

    private static string SumOf(string before, string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(before + text)));
}
