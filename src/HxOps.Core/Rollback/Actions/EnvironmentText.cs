using System.Text;

namespace HxOps.Rollback.Actions;

/// <summary>
/// The text of an environment file as compose reads it, of which one value is read or changed and every other byte stays, whatever its
/// encoding: the comment behind the value, too.
/// </summary>
internal sealed class EnvironmentText(ReadOnlySpan<byte> content)
{
    // Only these: what else .NET takes for a blank may be part of a letter, since a character is a byte here.
    private const string Blanks = " \t\r\n\v\f";

    // One character a byte: a comment in an unknown encoding survives the way there and back.
    private readonly string _text = Encoding.Latin1.GetString(content);

    /// <summary>The value of a key as compose takes it; null when it is not set. The last line wins.</summary>
    public string? Value(string key) => Variables().Where(variable => variable.Key == key).Select(variable => variable.Value).LastOrDefault();

    /// <summary>Everything that is set, in the order of its lines.</summary>
    public IEnumerable<KeyValuePair<string, string>> Variables() => Lines()
        .Where(line => KeyOf(line) is not null)
        .Select(line => KeyValuePair.Create(KeyOf(line)!, Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(Unquoted(line[Written(line)])))));

    /// <summary>The text with the key set: the value of its last line changed in place, or a line added at the end.</summary>
    public byte[] With(string key, string value)
    {
        var lines = Lines().ToList();
        var index = lines.FindLastIndex(line => KeyOf(line) == key);
        var assigned = Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(Quoted(value)));
        var ending = _text.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n";
        if (index >= 0)
        {
            var old = lines[index];
            var written = Written(old);
            var tail = old[written.End..];
            var gap = tail.StartsWith('#') ? " " : ""; // it may stand close to a quote, but not to a bare word
            lines[index] = old[..written.Start] + assigned + gap + tail;
            return Encoding.Latin1.GetBytes(string.Concat(lines));
        }

        var before = _text.Length == 0 || _text.EndsWith('\n') ? "" : ending;
        return Encoding.Latin1.GetBytes($"{_text}{before}{key}={assigned}{ending}");
    }

    private IEnumerable<string> Lines()
    {
        for (var start = 0; start < _text.Length;)
        {
            var end = EndOfVariable(start);
            yield return _text[start..end];
            start = end;
        }
    }

    private int EndOfLine(int start) => _text.IndexOf('\n', start) is var found and >= 0 ? found + 1 : _text.Length;

    // A quoted value goes on over the ends of lines, and what looks like a variable there is a part of it. One that nobody closes ends with its line.
    private int EndOfVariable(int start)
    {
        var end = EndOfLine(start);
        var line = _text.AsSpan(start, end - start);
        if (KeyOf(_text[start..end]) is null)
        {
            return end;
        }

        var behind = line[(line.IndexOf('=') + 1)..];
        var value = end - behind.TrimStart(Blanks).Length;
        return value < end && _text[value] is '"' or '\'' && ClosingQuote(_text.AsSpan(value)) is var close and > 0 ? EndOfLine(value + close) : end;
    }

    private static string? KeyOf(string line)
    {
        var trimmed = line.AsSpan().TrimStart(Blanks);
        var equals = trimmed.IndexOf('=');
        if (equals <= 0 || trimmed[0] is '#' or ';')
        {
            return null;
        }

        var key = trimmed[..equals];
        return (key.StartsWith("export ", StringComparison.Ordinal) ? key[7..] : key).Trim(Blanks).ToString();
    }

    // Where the value stands with its quotes. Behind a quoted one everything is a comment, behind another what follows " #".
    private static Range Written(string line)
    {
        var start = line.IndexOf('=', StringComparison.Ordinal) + 1;
        start += line.Length - start - line.AsSpan(start).TrimStart(Blanks).Length;
        var value = line.AsSpan(start);
        if (value.Length > 0 && value[0] is '"' or '\'' && ClosingQuote(value) is var close and > 0)
        {
            return start..(start + close + 1);
        }

        var comment = value.IndexOf(" #", StringComparison.Ordinal);
        return start..(start + (comment < 0 ? value : value[..comment]).TrimEnd(Blanks).Length);
    }

    private static int ClosingQuote(ReadOnlySpan<char> value)
    {
        for (var index = 1; index < value.Length; index++)
        {
            if (value[index] == value[0])
            {
                return index;
            }

            index += value[index] == '\\' ? 1 : 0;
        }

        return -1;
    }

    private static string Unquoted(string written)
    {
        if (written.Length < 2 || written[0] is not ('"' or '\'') || written[^1] != written[0])
        {
            return written;
        }

        var text = new StringBuilder();
        for (var index = 1; index < written.Length - 1; index++)
        {
            var isEscape = written[index] == '\\' && (written[index + 1] == written[0] || (written[0] == '"' && written[index + 1] is '\\' or '$'));
            text.Append(written[isEscape ? ++index : index]);
        }

        return text.ToString();
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
