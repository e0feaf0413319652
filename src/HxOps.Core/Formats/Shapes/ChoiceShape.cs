using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace HxOps.Formats.Shapes;

/// <summary>One of a few words.</summary>
internal sealed class ChoiceShape<T>(params (string Word, T Value)[] choices) : ScalarShape<T>
{
    /// <inheritdoc/>
    protected override string Expected => "one of " + string.Join(", ", choices.Select(choice => choice.Word));

    /// <inheritdoc/>
    protected override bool TryParse(YamlScalar scalar, [MaybeNullWhen(false)] out T value, out string? problem)
    {
        problem = null;
        foreach (var choice in choices)
        {
            if (choice.Word == scalar.Text)
            {
                value = choice.Value;
                return true;
            }
        }

        value = default;
        return false;
    }

    /// <inheritdoc/>
    protected override void WriteAlternatives(Utf8JsonWriter schema)
    {
        schema.WriteStartObject();
        schema.WriteStartArray("enum");
        foreach (var choice in choices)
        {
            schema.WriteStringValue(choice.Word);
        }

        schema.WriteEndArray();
        schema.WriteEndObject();
    }
}
