using System.Text.Json;
using System.Text.RegularExpressions;

namespace HxOps.Formats.Shapes;

/// <summary>A regular expression that can be matched in linear time.</summary>
internal sealed class RegexShape : ScalarShape<string>
{
    /// <inheritdoc/>
    protected override string Expected => "a regular expression without look-around and back references";

    /// <inheritdoc/>
    protected override bool TryParse(YamlScalar scalar, out string value, out string? problem)
    {
        (value, problem) = (scalar.Text, null);
        try
        {
            _ = new Regex(value, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
            return value.Length is > 0 and <= 1000;
        }
        catch (Exception error) when (error is ArgumentException or NotSupportedException)
        {
            return false;
        }
    }

    /// <inheritdoc/>
    protected override void WriteAlternatives(Utf8JsonWriter schema)
    {
        schema.WriteStartObject();
        schema.WriteString("type", "string");
        schema.WriteString("format", "regex");
        schema.WriteEndObject();
    }
}
