using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using HxOps.Formats;
using HxOps.Formats.Shapes;

namespace HxOps.Rollback.Plans.Reading;

/// <summary>A shape that many others use: the schema defines it once and refers to it.</summary>
/// <param name="name">Its name under <c>$defs</c>.</param>
/// <param name="shape">The shape itself.</param>
internal sealed class DefinedShape<T>(string name, YamlShape<T> shape) : YamlShape<T>
{
    /// <inheritdoc/>
    public override bool TryRead(YamlNode node, ShapeReading reading, [MaybeNullWhen(false)] out T value) => shape.TryRead(node, reading, out value);

    /// <inheritdoc/>
    public override void WriteSchema(Utf8JsonWriter schema) => schema.WriteString("$ref", "#/$defs/" + name);

    /// <summary>Writes the definition itself.</summary>
    public void WriteDefinition(Utf8JsonWriter schema)
    {
        schema.WriteStartObject(name);
        shape.WriteSchema(schema);
        schema.WriteEndObject();
    }
}
