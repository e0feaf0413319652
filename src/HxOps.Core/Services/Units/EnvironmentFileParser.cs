using System.Collections.Immutable;
using System.Text;

namespace HxOps.Services.Units;

/// <summary>
/// Reads the text of an <c>EnvironmentFile=</c> exactly as systemd does, which is not what a shell does: no expansion, quotes only where a
/// value begins, comments only where a line begins. Lines that are no assignment are passed over, as systemd passes them over.
/// </summary>
public sealed class EnvironmentFileParser
{
    private readonly string _text;
    private readonly StringBuilder _value = new();
    private int _at;
    private int _line = 1;

    private EnvironmentFileParser(string text) => _text = text;

    private bool IsAtEnd => _at >= _text.Length;

    /// <summary>Parses a text; a later line of the same name comes later.</summary>
    public static ImmutableArray<EnvironmentLine> Parse(string text)
    {
        var parser = new EnvironmentFileParser(text);
        var lines = ImmutableArray.CreateBuilder<EnvironmentLine>();
        while (parser.SkipToLine())
        {
            var number = parser._line;
            if (parser.ReadName() is { } name)
            {
                var value = parser.ReadValue();
                if (IsName(name))
                {
                    lines.Add(new EnvironmentLine(name, value, number));
                }
            }
        }

        return lines.ToImmutable();
    }

    /// <summary>Goes to the next line that is neither blank nor a comment.</summary>
    private bool SkipToLine()
    {
        while (!IsAtEnd)
        {
            if (_text[_at] is '#' or ';')
            {
                SkipLine();
            }
            else if (!char.IsWhiteSpace(_text[_at]))
            {
                return true;
            }
            else
            {
                Take();
            }
        }

        return false;
    }

    private void SkipLine()
    {
        while (!IsAtEnd && Take() != '\n')
        {
        }
    }

    /// <summary>The text before the equals sign, or null when the line has none.</summary>
    private string? ReadName()
    {
        var begin = _at;
        while (!IsAtEnd)
        {
            var c = Take();
            if (c is '=' or '\n')
            {
                return c == '=' ? _text[begin..(_at - 1)].TrimEnd() : null;
            }
        }

        return null;
    }

    private string ReadValue()
    {
        _value.Clear();
        var kept = 0;
        var isBefore = true;
        while (!IsAtEnd)
        {
            var c = Take();
            if (c is '\n' or '\r')
            {
                break;
            }

            if (isBefore && c is '\'' or '"')
            {
                ReadQuoted(c);
                kept = _value.Length;
            }
            else if (c == '\\' && !IsAtEnd)
            {
                AppendEscaped();
                kept = _value.Length;
                isBefore = false;
            }
            else if (!isBefore || !char.IsWhiteSpace(c))
            {
                _value.Append(c);
                kept = char.IsWhiteSpace(c) ? kept : _value.Length;
                isBefore = false;
            }
        }

        return _value.ToString(0, kept);
    }

    private void ReadQuoted(char quote)
    {
        while (!IsAtEnd)
        {
            var c = Take();
            if (c == quote)
            {
                return;
            }

            if (quote == '"' && c == '\\' && !IsAtEnd && _text[_at] is '"' or '\\' or '`' or '$' or '\n')
            {
                AppendEscaped();
            }
            else
            {
                _value.Append(c);
            }
        }
    }

    /// <summary>What follows a backslash: the character itself, and nothing for the end of a line.</summary>
    private void AppendEscaped()
    {
        if (Take() is not '\n' and var c)
        {
            _value.Append(c);
        }
    }

    private char Take()
    {
        var c = _text[_at++];
        _line += c == '\n' ? 1 : 0;
        return c;
    }

    /// <summary>Whether a variable may be called so.</summary>
    internal static bool IsName(string text) =>
        text.Length > 0 && !char.IsAsciiDigit(text[0]) && text.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');
}

/// <summary>An assignment of an environment file.</summary>
/// <param name="Name">The variable.</param>
/// <param name="Value">Its value: often a secret.</param>
/// <param name="Line">The line it begins on, from one.</param>
public sealed record EnvironmentLine(string Name, string Value, int Line)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Name} at line {Line}";
}
