using System.Text.Json;

namespace HxOps.Formats.Shapes;

/// <summary>A key that a mapping knows.</summary>
/// <param name="Name">The key.</param>
/// <param name="Description">What it is for, in one sentence for the editor.</param>
/// <param name="IsRequired">Whether the mapping is wrong without it.</param>
internal abstract record ShapeKey(string Name, string Description, bool IsRequired)
{
    /// <summary>Reads the value into <paramref name="values"/>.</summary>
    public abstract bool TryRead(YamlNode node, ShapeReading reading, ShapeValues values);

    /// <summary>Writes the members of the JSON Schema object for the value.</summary>
    public abstract void WriteSchema(Utf8JsonWriter schema);

    /// <summary>A key that must be there.</summary>
    public static ShapeKey<T> Required<T>(string name, string description, YamlShape<T> shape) => new(name, description, true, shape);

    /// <summary>A key that may be left out.</summary>
    public static ShapeKey<T> Optional<T>(string name, string description, YamlShape<T> shape) => new(name, description, false, shape);
}

/// <summary>A key with the shape of its value.</summary>
internal sealed record ShapeKey<T>(string Name, string Description, bool IsRequired, YamlShape<T> Shape) : ShapeKey(Name, Description, IsRequired)
{
    /// <inheritdoc/>
    public override bool TryRead(YamlNode node, ShapeReading reading, ShapeValues values)
    {
        if (!Shape.TryRead(node, reading, out var value))
        {
            return false;
        }

        values.Set(this, value);
        return true;
    }

    /// <inheritdoc/>
    public override void WriteSchema(Utf8JsonWriter schema) => Shape.WriteSchema(schema);
}
