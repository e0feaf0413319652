using System.Diagnostics.CodeAnalysis;

namespace HxOps.Formats.Shapes;

/// <summary>The values of one mapping, by key.</summary>
/// <param name="position">Where the mapping begins.</param>
internal sealed class ShapeValues(TextPosition position)
{
    private readonly Dictionary<string, object?> _values = new(StringComparer.Ordinal);

    /// <summary>Where the mapping begins.</summary>
    public TextPosition Position => position;

    /// <summary>The value of a required key.</summary>
    public T Get<T>(ShapeKey<T> key) => (T)_values[key.Name]!;

    /// <summary>The value of an optional key, or <paramref name="fallback"/>.</summary>
    [return: NotNullIfNotNull(nameof(fallback))]
    public T? Get<T>(ShapeKey<T> key, T? fallback) => _values.TryGetValue(key.Name, out var value) ? (T)value! : fallback;

    /// <summary>The value of an optional key, or null.</summary>
    public T? GetOrNull<T>(ShapeKey<T> key)
        where T : struct => _values.TryGetValue(key.Name, out var value) ? (T)value! : null;

    /// <summary>Keeps a value.</summary>
    public void Set<T>(ShapeKey<T> key, T value) => _values[key.Name] = value;
}
