using System.Text.Json;
using HxOps.Formats;
using HxOps.Formats.Shapes;

namespace HxOps.Rollback.Plans.Reading;

/// <summary>Text on any number of lines.</summary>
internal sealed class ParagraphShape : ScalarShape<string>
{
    private const int LongestText = 64 << 10;

    /// <inheritdoc/>
    protected override string Expected => "text";

    /// <inheritdoc/>
    protected override bool TryParse(YamlScalar scalar, out string value, out string? problem)
    {
        value = scalar.Text;
        problem = value.Length > LongestText ? $"is longer than {LongestText} characters" : null;
        return problem is null;
    }

    /// <inheritdoc/>
    protected override void WriteAlternatives(Utf8JsonWriter schema)
    {
        schema.WriteStartObject();
        schema.WriteString("type", "string");
        schema.WriteEndObject();
    }
}
