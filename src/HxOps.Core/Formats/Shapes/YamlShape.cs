using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace HxOps.Formats.Shapes;

/// <summary>
/// What a YAML value must look like and what it becomes. Files are read and their JSON Schema is written from the same shapes,
/// so neither can know a key that the other does not.
/// </summary>
internal abstract class YamlShape<T>
{
    /// <summary>Reads a value; what is wrong with it goes to <paramref name="reading"/>, and the answer is false.</summary>
    public abstract bool TryRead(YamlNode node, ShapeReading reading, [MaybeNullWhen(false)] out T value);

    /// <summary>Writes the members of the JSON Schema object for this shape.</summary>
    public abstract void WriteSchema(Utf8JsonWriter schema);
}
