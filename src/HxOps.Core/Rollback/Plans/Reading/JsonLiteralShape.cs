using System.Globalization;
using System.Text.Json;
using HxOps.Formats;
using HxOps.Formats.Shapes;

namespace HxOps.Rollback.Plans.Reading;

/// <summary>A value expected in JSON. Written plainly, <c>false</c> and <c>0</c> are no strings; in quotes they are.</summary>
internal sealed class JsonLiteralShape : ScalarShape<JsonLiteral>
{
    /// <inheritdoc/>
    protected override string Expected => "a JSON value: text, a number, true or false";

    /// <inheritdoc/>
    protected override bool TryParse(YamlScalar scalar, out JsonLiteral value, out string? problem)
    {
        problem = null;
        var isTyped = scalar.IsPlain
            && (scalar.Text is "true" or "false" || double.TryParse(scalar.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out _));
        value = new JsonLiteral(scalar.Text, !isTyped);
        return true;
    }

    /// <inheritdoc/>
    protected override void WriteAlternatives(Utf8JsonWriter schema)
    {
        foreach (var type in (string[])["string", "number", "boolean"])
        {
            schema.WriteStartObject();
            schema.WriteString("type", type);
            schema.WriteEndObject();
        }
    }
}
