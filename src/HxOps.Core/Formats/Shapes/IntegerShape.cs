using System.Globalization;
using System.Text.Json;

namespace HxOps.Formats.Shapes;

/// <summary>A whole number.</summary>
internal sealed class IntegerShape(int least, int most) : ScalarShape<int>
{
    /// <inheritdoc/>
    protected override string Expected => $"a whole number from {least} to {most}";

    /// <inheritdoc/>
    protected override bool TryParse(YamlScalar scalar, out int value, out string? problem)
    {
        problem = null;
        return int.TryParse(scalar.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value)
            && scalar.IsPlain && value >= least && value <= most;
    }

    /// <inheritdoc/>
    protected override void WriteAlternatives(Utf8JsonWriter schema)
    {
        schema.WriteStartObject();
        schema.WriteString("type", "integer");
        schema.WriteNumber("minimum", least);
        schema.WriteNumber("maximum", most);
        schema.WriteEndObject();
    }
}
