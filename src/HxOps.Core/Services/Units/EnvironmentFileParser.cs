using System.Collections.Immutable;
using System.Text;

namespace HxOps.Services.Units;

/// <summary>
/// Reads the text of an <c>EnvironmentFile=</c> exactly as systemd does, which is not what a shell does: no expansion, quotes only where a
/// value begins, comments only where a line begins. Lines that are no assignment are passed over, as systemd passes them over.
/// </summary>
public static class EnvironmentFileParser
{
    private enum State
    {
        BeforeName,
        Name,
        BeforeValue,
        Value,
        SingleQuoted,
        DoubleQuoted,
        Comment,
    }

    /// <summary>Parses a text; a later line of the same name comes later.</summary>
    public static ImmutableArray<EnvironmentLine> Parse(string text)
    {
        var lines = ImmutableArray.CreateBuilder<EnvironmentLine>();
        var name = new StringBuilder();
        var value = new StringBuilder();
        var state = State.BeforeName;
        var (number, begun, kept) = (1, 1, 0);
        for (var i = 0; i <= text.Length; i++)
        {
            var isEnd = i == text.Length;
            var c = isEnd ? '\n' : text[i];
            var next = i + 1 < text.Length ? text[i + 1] : '\0';
            switch (state)
            {
                case State.BeforeName:
                    begun = number;
                    state = c is '#' or ';' ? State.Comment : char.IsWhiteSpace(c) ? state : State.Name;
                    _ = state == State.Name ? name.Clear().Append(c) : name;
                    break;
                case State.Comment:
                    state = c == '\n' ? State.BeforeName : state;
                    break;
                case State.Name when c == '=':
                    value.Clear();
                    kept = 0;
                    state = State.BeforeValue;
                    break;
                case State.Name:
                    state = c == '\n' ? State.BeforeName : state;
                    name.Append(c);
                    break;
                case State.BeforeValue or State.Value when c is '\n' or '\r':
                    Add(kept);
                    break;
                case State.BeforeValue when c is '\'' or '"':
                    state = c == '"' ? State.DoubleQuoted : State.SingleQuoted;
                    break;
                case State.BeforeValue when char.IsWhiteSpace(c):
                    break;
                case State.BeforeValue or State.Value when c == '\\' && !isEnd:
                    _ = next is '\n' or '\0' ? value : value.Append(next);
                    number += next == '\n' ? 1 : 0;
                    i++;
                    kept = value.Length;
                    state = State.Value;
                    break;
                case State.BeforeValue or State.Value:
                    value.Append(c);
                    kept = char.IsWhiteSpace(c) ? kept : value.Length;
                    state = State.Value;
                    break;
                case State.SingleQuoted or State.DoubleQuoted when isEnd:
                    Add(value.Length);
                    break;
                case State.SingleQuoted when c == '\'':
                case State.DoubleQuoted when c == '"':
                    kept = value.Length;
                    state = State.BeforeValue;
                    break;
                case State.DoubleQuoted when c == '\\' && next is '"' or '\\' or '`' or '$' or '\n':
                    _ = next == '\n' ? value : value.Append(next);
                    number += next == '\n' ? 1 : 0;
                    i++;
                    break;
                default:
                    value.Append(c);
                    break;
            }

            number += c == '\n' ? 1 : 0;
        }

        return lines.ToImmutable();

        void Add(int length)
        {
            var trimmed = name.ToString().TrimEnd();
            if (IsName(trimmed))
            {
                lines.Add(new EnvironmentLine(trimmed, value.ToString(0, length), begun));
            }

            state = State.BeforeName;
        }
    }

    private static bool IsName(string text) =>
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
