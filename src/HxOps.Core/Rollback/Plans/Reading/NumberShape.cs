using System.Globalization;
using System.Text.Json;
using HxOps.Formats;
using HxOps.Formats.Shapes;

namespace HxOps.Rollback.Plans.Reading;

/// <summary>A number, with or without a fraction.</summary>
internal sealed class NumberShape : ScalarShape<double>
{
    private const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;

    /// <inheritdoc/>
    protected override string Expected => "a number such as 5 or 0.5";

    /// <inheritdoc/>
    protected override bool TryParse(YamlScalar scalar, out double value, out string? problem)
    {
        problem = null;
        return double.TryParse(scalar.Text, Style, CultureInfo.InvariantCulture, out value) && scalar.IsPlain && double.IsFinite(value);
    }

    /// <inheritdoc/>
    protected override void WriteAlternatives(Utf8JsonWriter schema)
    {
        schema.WriteStartObject();
        schema.WriteString("type", "number");
        schema.WriteEndObject();
    }
}
