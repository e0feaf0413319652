using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace HxOps.Formats.Shapes;

/// <summary>A mapping with known keys; any other key is an error that names the nearest known one.</summary>
/// <param name="subject">What the mapping describes, for error messages: <c>a probe of kind models</c>.</param>
/// <param name="keys">Its keys.</param>
/// <param name="build">Makes the value once every key was read; null after it has noted a problem of its own.</param>
internal sealed class MappingShape<T>(string subject, ImmutableArray<ShapeKey> keys, Func<ShapeValues, ShapeReading, T?> build) : YamlShape<T>
    where T : class
{
    /// <summary>Its keys.</summary>
    public ImmutableArray<ShapeKey> Keys => keys;

    /// <inheritdoc/>
    public override bool TryRead(YamlNode node, ShapeReading reading, [MaybeNullWhen(false)] out T value)
    {
        value = null;
        if (node is not YamlMapping mapping)
        {
            reading.Report(node.Position, $"expected {subject}: a mapping with {string.Join(", ", keys.Select(key => key.Name))}");
            return false;
        }

        var isWhole = KnowsAllKeysOf(mapping, reading);
        var values = new ShapeValues(mapping.Position);
        foreach (var key in keys)
        {
            if (mapping[key.Name] is { } entry)
            {
                isWhole &= key.TryRead(entry, reading, values);
            }
            else if (key.IsRequired)
            {
                isWhole = false;
                reading.Report(mapping.Position, $"{subject} needs the key '{key.Name}'");
            }
        }

        value = isWhole ? build(values, reading) : null;
        return value is not null;
    }

    /// <inheritdoc/>
    public override void WriteSchema(Utf8JsonWriter schema)
    {
        schema.WriteString("type", "object");
        schema.WriteBoolean("additionalProperties", false);
        schema.WriteStartArray("required");
        foreach (var key in keys.Where(key => key.IsRequired))
        {
            schema.WriteStringValue(key.Name);
        }

        schema.WriteEndArray();
        schema.WriteStartObject("properties");
        foreach (var key in keys)
        {
            schema.WriteStartObject(key.Name);
            schema.WriteString("description", key.Description);
            key.WriteSchema(schema);
            schema.WriteEndObject();
        }

        schema.WriteEndObject();
    }

    private bool KnowsAllKeysOf(YamlMapping mapping, ShapeReading reading)
    {
        var names = keys.Select(key => key.Name).ToHashSet(StringComparer.Ordinal);
        var unknown = mapping.Entries.Where(entry => !names.Contains(entry.Key.Text)).ToList();
        foreach (var entry in unknown)
        {
            var hint = NearestName.Hint(entry.Key.Text, names.Where(name => mapping[name] is null));
            var known = hint.Length > 0 ? hint : "; it has " + string.Join(", ", names);
            reading.Report(entry.Key.Position, $"{subject} has no key '{entry.Key.Text}'{known}");
        }

        return unknown.Count == 0;
    }
}
