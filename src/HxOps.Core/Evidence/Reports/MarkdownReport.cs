using System.Text;
using System.Text.RegularExpressions;

namespace HxOps.Evidence.Reports;

/// <summary>Writes a report as Markdown. No text of the report can become markup.</summary>
internal static partial class MarkdownReport
{
    /// <summary>What stands before everything that a person has to write.</summary>
    public const string ToWriteMark = "TO BE WRITTEN";

    public static string Write(IEnumerable<ReportBlock> blocks)
    {
        var text = new StringBuilder();
        foreach (var block in blocks)
        {
            text.Append(Block(block)).Append('\n');
        }

        return text.ToString().TrimEnd('\n') + "\n";
    }

    private static string Block(ReportBlock block) => block switch
    {
        Heading heading => $"{new string('#', heading.Level)} {Escape(heading.Text)}\n",
        Paragraph paragraph => Escape(paragraph.Text) + "\n",
        ToWrite missing => $"> **{ToWriteMark}**: {Escape(missing.What)}\n",
        Verbatim verbatim => Fenced(verbatim.Text),
        Bullets bullets => string.Concat(bullets.Items.Select(item => $"- {Box(item)}{Item(item)}\n")),
        ReportTable table => Table(table),
        _ => "",
    };

    private static string Table(ReportTable table) =>
        $"| {string.Join(" | ", table.Headings.Select(Escape))} |\n|{string.Concat(table.Headings.Select(_ => " --- |"))}\n"
        + string.Concat(table.Rows.Select(row => $"| {string.Join(" | ", row.Select(Item))} |\n"));

    private static string Item(ReportItem item) => item.Link is { } link ? $"[{Escape(item.Text)}]({link})" : Escape(item.Text);

    private static string Box(ReportItem item) => item.Tick switch { true => "[x] ", false => "[ ] ", null => "" };

    // A fence is longer than any run of its sign in the text.
    private static string Fenced(string text)
    {
        var longest = Ticks().Matches(text).Select(run => run.Length).DefaultIfEmpty(0).Max();
        var fence = new string('`', Math.Max(3, longest + 1));
        return $"{fence}text\n{text.TrimEnd('\n')}\n{fence}\n";
    }

    private static string Escape(string text) => Markup().Replace(ReportText.OneLine(text), match => match.Value switch
    {
        "<" => "&lt;",
        ">" => "&gt;",
        "&" => "&amp;",
        var sign => "\\" + sign,
    });

    [GeneratedRegex(@"[\\`*_\[\]#|~<>&!]")]
    private static partial Regex Markup();

    [GeneratedRegex("`+")]
    private static partial Regex Ticks();
}
