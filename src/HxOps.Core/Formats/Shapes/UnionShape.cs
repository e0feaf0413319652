using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace HxOps.Formats.Shapes;

/// <summary>A mapping whose keys depend on the word under one of them.</summary>
/// <param name="subject">What the mapping describes, for error messages.</param>
/// <param name="selector">The key that holds the word.</param>
/// <param name="variants">The shape for each word; each knows the selector as a key of its own.</param>
internal sealed class UnionShape<T>(string subject, string selector, params (string Word, MappingShape<T> Shape)[] variants) : YamlShape<T>
    where T : class
{
    /// <inheritdoc/>
    public override bool TryRead(YamlNode node, ShapeReading reading, [MaybeNullWhen(false)] out T value)
    {
        value = null;
        var words = variants.Select(variant => variant.Word).ToList();
        if (node is not YamlMapping mapping)
        {
            reading.Report(node.Position, $"expected {subject}: a mapping with the key '{selector}'");
            return false;
        }

        if (mapping[selector] is not YamlScalar chosen)
        {
            var position = mapping[selector]?.Position ?? mapping.Position;
            reading.Report(position, $"{subject} needs the key '{selector}': one of {string.Join(", ", words)}");
            return false;
        }

        var index = words.IndexOf(chosen.Text);
        if (index < 0)
        {
            var hint = NearestName.Hint(chosen.Text, words);
            reading.Report(chosen.Position, $"'{chosen.Text}' is no {selector} of {subject}{(hint.Length > 0 ? hint : ": one of " + string.Join(", ", words))}");
            return false;
        }

        return variants[index].Shape.TryRead(mapping, reading, out value);
    }

    /// <inheritdoc/>
    public override void WriteSchema(Utf8JsonWriter schema)
    {
        schema.WriteStartArray("oneOf");
        foreach (var (_, shape) in variants)
        {
            schema.WriteStartObject();
            shape.WriteSchema(schema);
            schema.WriteEndObject();
        }

        schema.WriteEndArray();
    }
}
