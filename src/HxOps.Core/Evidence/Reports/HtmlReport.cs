using System.Net;
using System.Text;

namespace HxOps.Evidence.Reports;

/// <summary>Writes a report as one HTML page that needs nothing but itself: no script, no address but those of the evidence.</summary>
internal static class HtmlReport
{
    private const string Style = """
        body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1b1f24;background:#fff}
        h1{line-height:1.2}h2{border-bottom:1px solid #d0d7de;padding-bottom:.2rem;margin-top:2rem}
        table{border-collapse:collapse;width:100%}th,td{border:1px solid #d0d7de;padding:.3rem .5rem;text-align:left;vertical-align:top}
        th{background:#f6f8fa}pre{background:#f6f8fa;padding:1rem;white-space:pre-wrap}
        .missing{border-left:4px solid #bf8700;background:#fff8e5;padding:.5rem 1rem}svg{width:100%;height:auto}
        .good{fill:#2da44e}.bad{fill:#cf222e}.back{fill:#bf8700}svg text{font:12px system-ui,sans-serif;fill:#1b1f24}.axis{stroke:#d0d7de}
        """;

    public static string Write(string title, IEnumerable<ReportBlock> blocks) => $"""
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
        <title>{Escape(title)}</title>
        <style>
        {Style}
        </style>
        </head>
        <body>
        {string.Concat(blocks.Select(Block))}</body>
        </html>

        """.ReplaceLineEndings("\n");

    private static string Block(ReportBlock block) => block switch
    {
        Heading heading => $"<h{heading.Level}>{Escape(heading.Text)}</h{heading.Level}>\n",
        Paragraph paragraph => $"<p>{Escape(paragraph.Text)}</p>\n",
        ToWrite missing => $"<p class=\"missing\"><strong>{MarkdownReport.ToWriteMark}</strong>: {Escape(missing.What)}</p>\n",
        Verbatim verbatim => $"<pre>{WebUtility.HtmlEncode(verbatim.Text)}</pre>\n",
        Bullets bullets => $"<ul>\n{string.Concat(bullets.Items.Select(item => $"<li>{Box(item)}{Item(item)}</li>\n"))}</ul>\n",
        ReportTable table => Table(table),
        TimelinePicture picture => TimelineSvg.Draw(picture),
        _ => "",
    };

    private static string Table(ReportTable table)
    {
        var text = new StringBuilder("<table>\n<tr>");
        text.AppendJoin("", table.Headings.Select(heading => $"<th>{Escape(heading)}</th>")).Append("</tr>\n");
        foreach (var row in table.Rows)
        {
            text.Append("<tr>").AppendJoin("", row.Select(cell => $"<td>{Item(cell)}</td>")).Append("</tr>\n");
        }

        return text.Append("</table>\n").ToString();
    }

    private static string Item(ReportItem item) => item.Link is { } link ? $"<a href=\"{Escape(link)}\">{Escape(item.Text)}</a>" : Escape(item.Text);

    private static string Box(ReportItem item) => item.Tick switch { true => "\u2611 ", false => "\u2610 ", null => "" };

    private static string Escape(string text) => WebUtility.HtmlEncode(ReportText.OneLine(text));
}
