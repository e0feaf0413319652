using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace HxOps.Formats.Shapes;

/// <summary>A single value, in which <c>${NAME}</c> is replaced from the environment.</summary>
internal abstract class ScalarShape<T> : YamlShape<T>
{
    /// <summary>What is expected, for error messages: <c>a whole number from 1 to 65535</c>.</summary>
    protected abstract string Expected { get; }

    /// <inheritdoc/>
    public sealed override bool TryRead(YamlNode node, ShapeReading reading, [MaybeNullWhen(false)] out T value)
    {
        value = default;
        if (node is not YamlScalar scalar || scalar.IsNull)
        {
            reading.Report(node.Position, $"expected {Expected}, found {Describe(node)}");
            return false;
        }

        if (reading.Expand(scalar) is not { } expanded)
        {
            return false;
        }

        if (TryParse(expanded, out value, out var problem))
        {
            return true;
        }

        // The text as the file has it: what the environment gave may be a secret that was put in the wrong place.
        reading.Report(node.Position, $"'{Shorten(scalar.Text)}' {problem ?? $"is not {Expected}"}");
        return false;
    }

    /// <inheritdoc/>
    public sealed override void WriteSchema(Utf8JsonWriter schema)
    {
        schema.WriteStartArray("anyOf");
        WriteAlternatives(schema);
        schema.WriteStartObject();
        schema.WriteString("$ref", "#/$defs/variable");
        schema.WriteEndObject();
        schema.WriteEndArray();
    }

    /// <summary>Turns the expanded value into what it means.</summary>
    /// <param name="scalar">The value; its text is not for messages.</param>
    /// <param name="value">The result.</param>
    /// <param name="problem">What is wrong, as the end of a sentence about the text; null says that it is not what was expected.</param>
    protected abstract bool TryParse(YamlScalar scalar, [MaybeNullWhen(false)] out T value, out string? problem);

    /// <summary>Writes schema objects, of which one must hold when the value has no variable.</summary>
    protected abstract void WriteAlternatives(Utf8JsonWriter schema);

    private static string Describe(YamlNode node) => node switch
    {
        YamlMapping => "a mapping",
        YamlSequence => "a list",
        _ => "nothing",
    };

    // One line of printable text: it goes to a terminal.
    private static string Shorten(string text) =>
        new string([.. text.Take(80).Select(character => char.IsControl(character) ? '?' : character)]) + (text.Length > 80 ? "..." : "");
}
