using System.Collections.Immutable;
using System.Text.Json;

namespace HxOps.Formats.Shapes;

/// <summary>A mapping with keys of the user's choice. Variables are replaced in its values, never in its keys.</summary>
internal sealed class DictionaryShape<T>(YamlShape<T> item) : YamlShape<ImmutableSortedDictionary<string, T>>
{
    /// <inheritdoc/>
    public override bool TryRead(YamlNode node, ShapeReading reading, out ImmutableSortedDictionary<string, T> value)
    {
        var values = ImmutableSortedDictionary.CreateBuilder<string, T>(StringComparer.Ordinal);
        var isWhole = node is YamlMapping;
        if (node is not YamlMapping mapping)
        {
            reading.Report(node.Position, "expected a mapping");
        }
        else
        {
            foreach (var entry in mapping.Entries)
            {
                if (item.TryRead(entry.Value, reading, out var one))
                {
                    values[entry.Key.Text] = one;
                }
                else
                {
                    isWhole = false;
                }
            }
        }

        value = values.ToImmutable();
        return isWhole;
    }

    /// <inheritdoc/>
    public override void WriteSchema(Utf8JsonWriter schema)
    {
        schema.WriteString("type", "object");
        schema.WriteStartObject("additionalProperties");
        item.WriteSchema(schema);
        schema.WriteEndObject();
    }
}
