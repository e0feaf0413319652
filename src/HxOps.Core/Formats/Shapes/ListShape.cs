using System.Collections.Immutable;
using System.Text.Json;

namespace HxOps.Formats.Shapes;

/// <summary>A list whose values all have one shape.</summary>
/// <param name="item">The shape of each.</param>
/// <param name="nameOf">A name that must be unique within the list, or null where values need none.</param>
internal sealed class ListShape<T>(YamlShape<T> item, Func<T, string>? nameOf = null) : YamlShape<ImmutableArray<T>>
{
    /// <inheritdoc/>
    public override bool TryRead(YamlNode node, ShapeReading reading, out ImmutableArray<T> value)
    {
        value = ReadWhatCanBe(node, reading, out var isWhole);
        return isWhole;
    }

    /// <summary>The values that are right, whether or not all of them are.</summary>
    public ImmutableArray<T> ReadWhatCanBe(YamlNode node, ShapeReading reading, out bool isWhole)
    {
        isWhole = node is YamlSequence;
        if (node is not YamlSequence list)
        {
            reading.Report(node.Position, "expected a list");
            return [];
        }

        var values = ImmutableArray.CreateBuilder<T>(list.Items.Length);
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var entry in list.Items)
        {
            if (!item.TryRead(entry, reading, out var value))
            {
                isWhole = false;
            }
            else if (nameOf is not null && !names.Add(nameOf(value)))
            {
                isWhole = false;
                reading.Report(entry.Position, $"the name '{nameOf(value)}' is used a second time in this list");
            }
            else
            {
                values.Add(value);
            }
        }

        return values.ToImmutable();
    }

    /// <inheritdoc/>
    public override void WriteSchema(Utf8JsonWriter schema)
    {
        schema.WriteString("type", "array");
        schema.WriteStartObject("items");
        item.WriteSchema(schema);
        schema.WriteEndObject();
    }
}
