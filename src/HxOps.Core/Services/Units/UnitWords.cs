using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using HxOps.Errors;

namespace HxOps.Services.Units;

/// <summary>Splits a value into words by systemd's quoting rules: blanks part, quotes join, backslashes escape as in C.</summary>
internal static class UnitWords
{
    /// <exception cref="HxException"><see cref="ServiceErrors.UnitFileInvalid"/> when a quote is not closed.</exception>
    internal static ImmutableArray<string> Split(string text, UnitOrigin origin)
    {
        var words = ImmutableArray.CreateBuilder<string>();
        var word = new StringBuilder();
        var isInWord = false;
        var quote = '\0';
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c == '\\' && i + 1 < text.Length)
            {
                i += Unescape(text.AsSpan(i + 1), word);
                isInWord = true;
            }
            else if (quote != '\0')
            {
                quote = c == quote ? '\0' : quote;
                _ = quote == '\0' ? word : word.Append(c);
            }
            else if (c is '"' or '\'')
            {
                quote = c;
                isInWord = true;
            }
            else if (!char.IsWhiteSpace(c))
            {
                word.Append(c);
                isInWord = true;
            }
            else if (isInWord)
            {
                words.Add(word.ToString());
                word.Clear();
                isInWord = false;
            }
        }

        if (quote != '\0')
        {
            throw UnitFileParser.Invalid(origin, $"a {quote} is not closed");
        }

        if (isInWord)
        {
            words.Add(word.ToString());
        }

        return words.ToImmutable();
    }

    /// <summary>Appends what the escape after a backslash means and says how many characters it took.</summary>
    private static int Unescape(ReadOnlySpan<char> rest, StringBuilder word)
    {
        const string Names = "abfnrtvs\\\"'";
        const string Values = "\a\b\f\n\r\t\v \\\"'";
        if (Names.IndexOf(rest[0], StringComparison.Ordinal) is >= 0 and var known)
        {
            word.Append(Values[known]);
            return 1;
        }

        var (digits, numberBase, skip) = rest[0] switch
        {
            'x' => (2, NumberStyles.AllowHexSpecifier, 1),
            'u' => (4, NumberStyles.AllowHexSpecifier, 1),
            'U' => (8, NumberStyles.AllowHexSpecifier, 1),
            >= '0' and <= '3' => (3, NumberStyles.None, 0),
            _ => (0, NumberStyles.None, 0),
        };
        if (digits > 0 && rest.Length >= skip + digits && Number(rest.Slice(skip, digits), numberBase) is { } code && Rune.IsValid(code))
        {
            word.Append(new Rune(code).ToString());
            return skip + digits;
        }

        // Unknown escapes stay as they are, which systemd does too (with a warning).
        word.Append('\\').Append(rest[0]);
        return 1;
    }

    private static int? Number(ReadOnlySpan<char> digits, NumberStyles style)
    {
        if (style == NumberStyles.AllowHexSpecifier)
        {
            return int.TryParse(digits, style, CultureInfo.InvariantCulture, out var value) ? value : null;
        }

        var octal = 0;
        foreach (var digit in digits)
        {
            if (digit is < '0' or > '7')
            {
                return null;
            }

            octal = (octal * 8) + (digit - '0');
        }

        return octal;
    }
}
