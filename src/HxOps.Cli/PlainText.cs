using System.Text;

namespace HxOps.Cli;

/// <summary>Makes text safe to show: a file name or a log line must not drive the terminal.</summary>
internal static class PlainText
{
    private static readonly (string Sign, string Word)[] Signs =
    [
        ("\u2705", "OK:"),
        ("\u274c", "FAILED:"),
        ("\u2754", "UNSURE:"),
    ];

    /// <summary>Replaces control characters, and the signs of the kit's messages where the terminal cannot show them.</summary>
    public static string Clean(string text, bool unicode)
    {
        if (!unicode)
            text = Signs.Aggregate(text, (present, sign) => present.Replace(sign.Sign, sign.Word, StringComparison.Ordinal));

        if (!text.AsSpan().ContainsAnyInRange('\u0000', '\u001f') && !text.AsSpan().ContainsAnyInRange('\u007f', '\u009f'))
            return text;

        var clean = new StringBuilder(text.Length);
        foreach (var character in text)
            clean.Append(character == '\t' ? ' ' : char.IsControl(character) ? '?' : character);
        return clean.ToString();
    }
}
