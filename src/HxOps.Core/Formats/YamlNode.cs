using System.Collections.Immutable;

namespace HxOps.Formats;

/// <summary>A place in a text file; both numbers count from one.</summary>
/// <param name="Line">The line.</param>
/// <param name="Column">The column.</param>
public readonly record struct TextPosition(int Line, int Column)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Line}:{Column}";
}

/// <summary>A value in a YAML text and where it stands.</summary>
/// <param name="Position">Where the value begins.</param>
public abstract record YamlNode(TextPosition Position);

/// <summary>A single value.</summary>
/// <param name="Text">The text, unescaped.</param>
/// <param name="IsPlain">Whether it stood without quotes, so that <c>true</c>, <c>12</c> or nothing at all have a type.</param>
/// <param name="Position">Where it begins.</param>
public sealed record YamlScalar(string Text, bool IsPlain, TextPosition Position) : YamlNode(Position)
{
    /// <summary>Whether the value is YAML's null: nothing, <c>~</c> or <c>null</c>, unquoted.</summary>
    public bool IsNull => IsPlain && Text is "" or "~" or "null" or "Null" or "NULL";
}

/// <summary>A list.</summary>
/// <param name="Items">Its values in order.</param>
/// <param name="Position">Where it begins.</param>
public sealed record YamlSequence(ImmutableArray<YamlNode> Items, TextPosition Position) : YamlNode(Position);

/// <summary>A mapping. Keys are unique: a second one is an error of the reader.</summary>
/// <param name="Entries">Its entries in the order of the text.</param>
/// <param name="Position">Where it begins.</param>
public sealed record YamlMapping(ImmutableArray<YamlEntry> Entries, TextPosition Position) : YamlNode(Position)
{
    /// <summary>The value under <paramref name="key"/>, or null.</summary>
    public YamlNode? this[string key] => Entries.FirstOrDefault(entry => entry.Key.Text == key)?.Value;
}

/// <summary>One entry of a mapping.</summary>
/// <param name="Key">The key, a single value.</param>
/// <param name="Value">The value.</param>
public sealed record YamlEntry(YamlScalar Key, YamlNode Value);
