using System.Text;
using System.Text.RegularExpressions;

namespace HxOps.Reporting;

/// <summary>
/// Takes out secrets that stand below their name rather than beside it: block scalars, lists, a value on the next line, a quoted one of many.
/// </summary>
internal static class DeeperLines
{
    private const RegexOptions Linear = RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;

    // A diff puts its mark before a line, and a list its dash.
    private static readonly Regex Header = new(
        @"^[-+ ]*(?:export[ \t]+)?[""']?([a-z0-9_.-]*(?:keys?|tokens?|secrets?|passwords?|passwd|passphrase|pwd|credentials?))[""']?[ \t]*[:=][ \t]*(.*)$", Linear);

    // What may stand behind a name whose value follows below.
    private static readonly Regex Nothing = new(@"^(?:[&!][^\s]*[ \t]*)*(?:[|>][-+0-9]*)?[ \t]*(?:#.*)?\r?$", Linear);

    private static readonly Regex Bracket = new(@"^[\[{][ \t]*\r?$", Linear);

    // Below a name that says little, such as "key", stands as often what a key is for.
    private static readonly Regex Vague = new(@"^(?:keys?|tokens?|secrets?|credentials?)$", Linear);

    private static readonly Regex Structure = new(@"^[-+ ]*(?:-[ \t].*|-|[^\s:]+[ \t]*:(?:[ \t].*)?)\r?$", Linear);

    /// <summary>The text with the lines of such values replaced.</summary>
    public static string Replace(string text)
    {
        var result = new StringBuilder(text.Length);
        var lines = text.Split('\n');
        var lastQuotes = (Double: Array.FindLastIndex(lines, line => line.Contains('"', StringComparison.Ordinal)), Single: Array.FindLastIndex(lines, line => line.Contains('\'', StringComparison.Ordinal)));
        Opening? open = null;
        for (var number = 0; number < lines.Length; number++)
        {
            var line = lines[number];
            open = open is not null && open.Holds(line) ? open.Behind(line) : null;
            result.Append(open is null || string.IsNullOrWhiteSpace(line) || open.Spares(line) ? line : Hidden(line)).Append('\n');
            open ??= Opening.Of(line, quote => (quote == '"' ? lastQuotes.Double : lastQuotes.Single) > number);
            if (open is { IsClosed: true })
                open = null;
        }

        return result.ToString(0, result.Length - 1);
    }

    // The dash of a list stays, the mark of a diff before the indent as well.
    private static string Hidden(string line) => line[..IndentOf(line)] + Redactor.Marker;

    private static int IndentOf(string line) => line.AsSpan().IndexOfAnyExcept(" +-") is >= 0 and var indent ? indent : line.Length;

    /// <summary>A name whose value goes on below.</summary>
    /// <param name="Indent">Where the name stands.</param>
    /// <param name="Quote">The quote that ends the value; null where the indent does.</param>
    /// <param name="IsVague">Whether what has a structure of its own stays.</param>
    private sealed record Opening(int Indent, char? Quote, bool IsVague)
    {
        public bool IsClosed { get; private init; }

        public static Opening? Of(string line, Func<char, bool> isBelow)
        {
            if (Header.Match(line) is not { Success: true } header)
                return null;

            var (name, value) = (header.Groups[1].Value, header.Groups[2].Value);
            var isVague = Vague.IsMatch(name);
            if (Nothing.IsMatch(value) || (!isVague && Bracket.IsMatch(value)))
                return new Opening(IndentOf(line), null, isVague && !value.AsSpan().ContainsAny('|', '>'));

            var quote = value[0];
            return quote is '"' or '\'' && !value.AsSpan(1).Contains(quote) && isBelow(quote) ? new Opening(IndentOf(line), quote, false) : null;
        }

        public bool Holds(string line) => Quote is not null || string.IsNullOrWhiteSpace(line) || IndentOf(line) > Indent;

        public bool Spares(string line) => IsVague && Structure.IsMatch(line);

        public Opening Behind(string line) => Quote is { } quote && line.Contains(quote, StringComparison.Ordinal) ? this with { IsClosed = true } : this;
    }
}
