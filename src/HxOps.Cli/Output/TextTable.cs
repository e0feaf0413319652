using System.Text;

namespace HxOps.Cli.Output;

/// <summary>A table of plain text. Columns are as wide as their content; the last one takes what is left and folds.</summary>
internal sealed class TextTable
{
    private const string Gap = "  ";
    private const string Indent = "    ";
    private const int LeastFolded = 8;
    private readonly Column[] _columns;
    private readonly List<string[]> _rows = [];
    private readonly Dictionary<int, string> _notes = [];

    /// <summary>A table with these headings; one that begins with <c>&gt;</c> stands to the right.</summary>
    public TextTable(params string[] headings)
    {
        _columns = [.. headings.Select(heading => new Column(heading.TrimStart('>'), heading.StartsWith('>')))];
    }

    /// <summary>Adds a row.</summary>
    public void Add(params string[] cells) => _rows.Add(cells);

    /// <summary>Adds text below the last row, as wide as the table; nothing when it is empty.</summary>
    public void Note(string text)
    {
        if (text.Length > 0)
            _notes[_rows.Count - 1] = text;
    }

    /// <summary>The lines of the table.</summary>
    public IEnumerable<string> Lines(int width)
    {
        var widths = Widths(width);
        yield return Line([.. _columns.Select(column => column.Heading)], widths);
        for (var row = 0; row < _rows.Count; row++)
        {
            foreach (var line in RowLines(_rows[row], widths))
                yield return line;
            foreach (var line in _notes.TryGetValue(row, out var note) ? TextFold.AtSpaces(note, width - Indent.Length) : [])
                yield return Indent + line;
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
