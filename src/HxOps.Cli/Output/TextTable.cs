using System.Text;

namespace HxOps.Cli.Output;

/// <summary>A table of plain text. Columns are as wide as their content; the last one takes what is left and folds.</summary>
internal sealed class TextTable
{
    private const string Gap = "  ";
    private const int LeastFolded = 8;
    private readonly Column[] _columns;
    private readonly List<string[]> _rows = [];

    /// <summary>A table with these headings; one that begins with <c>&gt;</c> stands to the right.</summary>
    public TextTable(params string[] headings)
    {
        _columns = [.. headings.Select(heading => new Column(heading.TrimStart('>'), heading.StartsWith('>')))];
    }

    /// <summary>Adds a row.</summary>
    public void Add(params string[] cells) => _rows.Add(cells);

    /// <summary>The lines of the table.</summary>
    public IEnumerable<string> Lines(int width)
    {
        var widths = Widths(width);
        yield return Line([.. _columns.Select(column => column.Heading)], widths);
        foreach (var row in _rows)
        {
            foreach (var line in RowLines(row, widths))
                yield return line;
        }
    }

    private IEnumerable<string> RowLines(string[] row, int[] widths)
    {
        var folded = row.Select((cell, index) => TextFold.Strictly(cell, Math.Max(1, widths[index])).ToList()).ToList();
        var height = folded.Max(lines => lines.Count);
        for (var line = 0; line < height; line++)
            yield return Line([.. folded.Select(lines => line < lines.Count ? lines[line] : "")], widths);
    }

    private string Line(string[] cells, int[] widths)
    {
        var line = new StringBuilder();
        for (var index = 0; index < cells.Length; index++)
        {
            if (index > 0)
                line.Append(Gap);
            line.Append(_columns[index].IsRight ? cells[index].PadLeft(widths[index]) : cells[index].PadRight(widths[index]));
        }

        return line.ToString().TrimEnd();
    }

    private int[] Widths(int width)
    {
        var widths = _columns.Select((column, index) => _rows.Select(row => row[index].Length).Append(column.Heading.Length).Max()).ToArray();
        var last = widths.Length - 1;
        var free = width - (Gap.Length * last);

        // The last column folds first; then the widest of the others gives way.
        widths[last] = Math.Min(widths[last], Math.Max(LeastFolded, free - widths[..last].Sum()));
        while (widths.Sum() > free && widths.Max() > LeastFolded)
            widths[Array.IndexOf(widths, widths.Max())]--;
        return widths;
    }

    private sealed record Column(string Heading, bool IsRight);
}
