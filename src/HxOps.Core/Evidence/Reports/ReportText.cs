using System.Globalization;
using System.Text;

namespace HxOps.Evidence.Reports;

/// <summary>Small texts of reports.</summary>
internal static class ReportText
{
    /// <summary>A text as one line, without control characters.</summary>
    public static string OneLine(string text)
    {
        var line = new StringBuilder(text.Length);
        foreach (var letter in text.ReplaceLineEndings(" "))
        {
            line.Append(char.IsControl(letter) ? ' ' : letter);
        }

        return line.ToString().Trim();
    }

    /// <summary>A span: <c>0:01:05</c>.</summary>
    public static string Span(TimeSpan span) => span < TimeSpan.FromMinutes(1)
        ? string.Create(CultureInfo.InvariantCulture, $"{span.TotalSeconds:0.00} s")
        : span.ToString(@"h\:mm\:ss", CultureInfo.InvariantCulture);

}
