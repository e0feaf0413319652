using System.Text.Json;

namespace HxOps.Formats.Shapes;

/// <summary><c>true</c> or <c>false</c>.</summary>
internal sealed class SwitchShape : ScalarShape<bool>
{
    /// <inheritdoc/>
    protected override string Expected => "true or false";

    /// <inheritdoc/>
    protected override bool TryParse(YamlScalar scalar, out bool value, out string? problem)
    {
        problem = null;
        value = scalar.Text == "true";
        return scalar.IsPlain && scalar.Text is "true" or "false";
    }

    /// <inheritdoc/>
    protected override void WriteAlternatives(Utf8JsonWriter schema)
    {
        schema.WriteStartObject();
        schema.WriteString("type", "boolean");
        schema.WriteEndObject();
    }
}
