using System.Globalization;
using System.Net;
using System.Text;

namespace HxOps.Evidence.Reports;

/// <summary>Draws the steps of a run on a time axis.</summary>
internal static class TimelineSvg
{
    private const int Width = 900;
    private const int Left = 190;
    private const int Row = 24;
    private const int Ticks = 5;
    private const int LongestName = 26;

    public static string Draw(TimelinePicture picture)
    {
        var length = Math.Max(picture.Length.TotalSeconds, 0.001);
        var height = ((picture.Bars.Length + 1) * Row) + 8;
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"<svg viewBox=\"0 0 {Width} {height}\" role=\"img\" aria-label=\"Timeline of the rollback\">\n");
        for (var tick = 0; tick <= Ticks; tick++)
        {
            var x = X(length * tick / Ticks, length);
            svg.Append(CultureInfo.InvariantCulture, $"<line class=\"axis\" x1=\"{x:0.#}\" y1=\"0\" x2=\"{x:0.#}\" y2=\"{height - Row}\"/>");
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{x:0.#}\" y=\"{height - 8}\" text-anchor=\"{(tick == 0 ? "start" : tick == Ticks ? "end" : "middle")}\">{Escape(ReportText.Span(TimeSpan.FromSeconds(length * tick / Ticks)))}</text>\n");
        }

        foreach (var (index, bar) in picture.Bars.Index())
        {
            var (begin, end) = (X(bar.Begin.TotalSeconds, length), X(bar.Begin.TotalSeconds + bar.Length.TotalSeconds, length));
            var name = bar.Name.Length <= LongestName ? bar.Name : bar.Name[..LongestName] + "...";
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{Left - 8}\" y=\"{(index * Row) + 16}\" text-anchor=\"end\">{Escape(name)}</text>");
            svg.Append(CultureInfo.InvariantCulture, $"<rect class=\"{bar.Kind}\" x=\"{begin:0.#}\" y=\"{(index * Row) + 4}\" width=\"{Math.Max(2, end - begin):0.#}\" height=\"{Row - 8}\">");
            svg.Append(CultureInfo.InvariantCulture, $"<title>{Escape($"{bar.Name}: {ReportText.Span(bar.Length)}, from {ReportText.Span(bar.Begin)}")}</title></rect>\n");
        }

        return svg.Append("</svg>\n").ToString();
    }

    private static double X(double seconds, double length) => Left + ((Width - Left - 10) * Math.Clamp(seconds / length, 0, 1));

    private static string Escape(string text) => WebUtility.HtmlEncode(ReportText.OneLine(text));
}
