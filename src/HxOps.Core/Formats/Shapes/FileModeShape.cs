using System.Text.Json;

namespace HxOps.Formats.Shapes;

/// <summary>Permission bits in octal, such as <c>644</c> or <c>"0750"</c>.</summary>
internal sealed class FileModeShape : ScalarShape<int>
{
    /// <inheritdoc/>
    protected override string Expected => "an octal file mode such as 644";

    /// <inheritdoc/>
    protected override bool TryParse(YamlScalar scalar, out int value, out string? problem)
    {
        problem = null;
        value = 0;
        if (scalar.Text.Length is not (3 or 4) || scalar.Text.Any(digit => digit is < '0' or > '7'))
        {
            return false;
        }

        value = scalar.Text.Aggregate(0, (mode, digit) => (mode << 3) + (digit - '0'));
        return true;
    }

    /// <inheritdoc/>
    protected override void WriteAlternatives(Utf8JsonWriter schema)
    {
        schema.WriteStartObject();
        schema.WriteString("type", "string");
        schema.WriteString("pattern", "^[0-7]{3,4}$");
        schema.WriteEndObject();
        schema.WriteStartObject();
        schema.WriteString("type", "integer");
        schema.WriteNumber("minimum", 0);
        schema.WriteNumber("maximum", 7777);
        schema.WriteEndObject();
    }
}
