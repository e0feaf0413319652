using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using HxOps.Errors;

namespace HxOps.Services.Units;

/// <summary>Splits a value into words by systemd's quoting rules: blanks part, quotes join, backslashes escape as in C.</summary>
internal static class UnitWords
{
    /// <summary>The words, without quotes and escapes.</summary>
    /// <exception cref="HxException"><see cref="ServiceErrors.UnitFileInvalid"/> when a quote is not closed.</exception>
    internal static ImmutableArray<string> Split(string text, UnitOrigin origin) => [.. Read(text, origin).Select(word => word.Text)];

    /// <summary>The words, and how they are written.</summary>
    /// <exception cref="HxException">As for <see cref="Split"/>.</exception>
    internal static ImmutableArray<UnitWord> Read(string text, UnitOrigin origin)
    {
        var words = Read(Encoding.UTF8.GetBytes(text), Unescape, out var quote);
        return quote == 0 ? words : throw UnitFileParser.Invalid(origin, $"a {(char)quote} is not closed");
    }

    /// <summary>The words of a variable's value: quotes join there, too, but a backslash only takes the meaning of what follows it, and the end closes a quote.</summary>
    internal static ImmutableArray<string> SplitVariable(string value) => [.. Read(Encoding.UTF8.GetBytes(value), TakeNext, out _).Select(word => word.Text)];

    private static ImmutableArray<UnitWord> Read(ReadOnlySpan<byte> text, EscapeRule escape, out byte quote)
    {
        // In bytes, because an escape may stand for half of a character.
        var words = ImmutableArray.CreateBuilder<UnitWord>();
        var word = new List<byte>();
        var begin = -1;
        quote = 0;
        for (var i = 0; i <= text.Length; i++)
        {
            if (i == text.Length || (quote == 0 && IsBlank(text[i])))
            {
                if (begin >= 0)
                {
                    words.Add(new UnitWord(Encoding.UTF8.GetString([.. word]), Encoding.UTF8.GetString(text[begin..i])));
                }

                begin = -1;
                word.Clear();
                continue;
            }

            begin = begin < 0 ? i : begin;
            if (text[i] == '\\' && i + 1 < text.Length)
            {
                i += escape(text[(i + 1)..], word);
            }
            else if (text[i] == quote)
            {
                quote = 0;
            }
            else if (quote == 0 && text[i] is (byte)'"' or (byte)'\'')
            {
                quote = text[i];
            }
            else
            {
                word.Add(text[i]);
            }
        }

        return words.ToImmutable();
    }

    private static bool IsBlank(byte b) => b is (byte)' ' or (byte)'\t' or (byte)'\n' or (byte)'\r';

    private static int TakeNext(ReadOnlySpan<byte> rest, List<byte> word)
    {
        word.Add(rest[0]);
        return 1;
    }

    /// <summary>Appends what the escape after a backslash means and says how many bytes it took.</summary>
    private static int Unescape(ReadOnlySpan<byte> rest, List<byte> word)
    {
        var known = "abfnrtvs\\\"'"u8.IndexOf(rest[0]);
        if (known >= 0)
        {
            word.Add("\a\b\f\n\r\t\v \\\"'"u8[known]);
            return 1;
        }

        var (digits, numberBase, skip) = rest[0] switch
        {
            (byte)'x' => (2, 16, 1),
            (byte)'u' => (4, 16, 1),
            (byte)'U' => (8, 16, 1),
            >= (byte)'0' and <= (byte)'3' => (3, 8, 0),
            _ => (0, 0, 0),
        };
        if (digits > 0 && rest.Length >= skip + digits && Number(rest.Slice(skip, digits), numberBase) is { } code and > 0)
        {
            if (code < 256 && digits < 4)
            {
                word.Add((byte)code);
                return skip + digits;
            }

            if (Rune.IsValid(code))
            {
                word.AddRange(Encoding.UTF8.GetBytes(new Rune(code).ToString()));
                return skip + digits;
            }
        }

        // Unknown escapes stay as they are, which systemd does too (with a warning).
        word.Add((byte)'\\');
        word.Add(rest[0]);
        return 1;
    }

    private static int? Number(ReadOnlySpan<byte> digits, int numberBase)
    {
        if (numberBase == 16)
        {
            return int.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value) ? value : null;
        }

        var octal = 0;
        foreach (var digit in digits)
        {
            if (digit is < (byte)'0' or > (byte)'7')
            {
                return null;
            }

            octal = (octal * 8) + (digit - '0');
        }

        return octal;
    }

    private delegate int EscapeRule(ReadOnlySpan<byte> rest, List<byte> word);
}
