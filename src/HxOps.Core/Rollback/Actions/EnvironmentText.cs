using System.Text;

namespace HxOps.Rollback.Actions;

/// <summary>The text of an environment file, of which one line is read or changed and every other byte stays, whatever its encoding.</summary>
internal sealed class EnvironmentText(ReadOnlySpan<byte> content)
{
    // One character a byte: a comment in an unknown encoding survives the way there and back.
    private readonly string _text = Encoding.Latin1.GetString(content);

    /// <summary>The value of a key as a reader of such files would take it; null when it is not set. The last line wins.</summary>
    public string? Value(string key) =>
        Lines().Where(line => KeyOf(line) == key).Select(line => Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(ValueOf(line)))).LastOrDefault();

    /// <summary>Every value that is set.</summary>
    public IReadOnlyList<string> Values() => [.. Lines().Where(line => KeyOf(line) is not null).Select(line => Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(ValueOf(line))))];

    /// <summary>The text with the key set: its last line changed in place, or a line added at the end.</summary>
    public byte[] With(string key, string value)
    {
        var lines = Lines().ToList();
        var index = lines.FindLastIndex(line => KeyOf(line) == key);
        var assigned = Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(Quoted(value)));
        var ending = _text.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n";
        if (index >= 0)
        {
            var old = lines[index];
            var head = old[..(old.IndexOf('=', StringComparison.Ordinal) + 1)];
            lines[index] = head + assigned + old[old.TrimEnd('\r', '\n').Length..];
            return Encoding.Latin1.GetBytes(string.Concat(lines));
        }

        var gap = _text.Length == 0 || _text.EndsWith('\n') ? "" : ending;
        return Encoding.Latin1.GetBytes($"{_text}{gap}{key}={assigned}{ending}");
    }

    private IEnumerable<string> Lines()
    {
        for (var start = 0; start < _text.Length;)
        {
            var end = _text.IndexOf('\n', start) is var found and >= 0 ? found + 1 : _text.Length;
            yield return _text[start..end];
            start = end;
        }
    }

    private static string? KeyOf(string line)
    {
        var trimmed = line.AsSpan().TrimStart();
        var equals = trimmed.IndexOf('=');
        if (equals <= 0 || trimmed[0] is '#' or ';')
        {
            return null;
        }

        var key = trimmed[..equals];
        return (key.StartsWith("export ", StringComparison.Ordinal) ? key[7..] : key).Trim().ToString();
    }

    private static string ValueOf(string line)
    {
        var value = line[(line.IndexOf('=', StringComparison.Ordinal) + 1)..].Trim();
        return value.Length >= 2 && value[0] == value[^1] && value[0] is '"' or '\'' ? value[1..^1] : value;
    }

    private static string Quoted(string value)
    {
        if (value.All(character => char.IsAsciiLetterOrDigit(character) || "_-./:@%+,".Contains(character, StringComparison.Ordinal)))
        {
            return value;
        }

        var quoted = new StringBuilder("\"");
        foreach (var character in value)
        {
            quoted.Append(character is '"' or '\\' or '$' or '`' ? $"\\{character}" : character.ToString());
        }

        return quoted.Append('"').ToString();
    }
}
