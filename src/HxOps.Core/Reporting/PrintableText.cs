using System.Globalization;
using System.Text;

namespace HxOps.Reporting;

/// <summary>Makes foreign text fit for a terminal: a name in an archive may hold escape sequences.</summary>
public static class PrintableText
{
    private const int Longest = 300;

    /// <summary>The text with control characters written as <c>\xNN</c>, and cut where it is very long.</summary>
    public static string Of(string text)
    {
        if (text.Length <= Longest && !text.Any(char.IsControl))
            return text;

        var printable = new StringBuilder();
        foreach (var character in text.Take(Longest))
        {
            if (char.IsControl(character))
                printable.Append(CultureInfo.InvariantCulture, $"\\x{(int)character:x2}");
            else
                printable.Append(character);
        }

        return printable.Append(text.Length > Longest ? "..." : "").ToString();
    }
}
