using HxOps.Errors;

namespace HxOps.Cli.Output;

/// <summary>Where a view writes its lines.</summary>
internal sealed class Page(Terminal terminal)
{
    private const int LeastWidth = 20;

    /// <summary>Columns that lines should fit.</summary>
    public int Width => terminal.Width;

    /// <summary>Writes a line as it is, however long: paths and texts that scripts look for.</summary>
    public void Line(string text = "") => terminal.WriteLine(text);

    /// <summary>Writes a sentence, folded at spaces.</summary>
    /// <param name="text">The sentence.</param>
    /// <param name="indent">Columns left free before every line but the first.</param>
    public void Sentence(string text, int indent = 0) => Hang("", text, indent);

    /// <summary>Writes what to do about a result that is a failure as well; nothing for one that is none.</summary>
    public void Remedy(HxException? failure)
    {
        if (failure is not null)
            Sentence($"remedy: {failure.Remedy}");
    }

    /// <summary>Writes a table.</summary>
    public void Table(TextTable table)
    {
        foreach (var line in table.Lines(Width))
            terminal.WriteLine(line);
    }

    /// <summary>Writes names and values below each other; empty values are left out.</summary>
    public void Facts(params ReadOnlySpan<(string Name, string Value)> facts)
    {
        var names = 0;
        foreach (var (name, value) in facts)
            names = value.Length == 0 ? names : Math.Max(names, name.Length);

        foreach (var (name, value) in facts)
        {
            if (value.Length > 0)
                Hang(name.PadRight(names) + "  ", value, names + 2);
        }
    }

    private void Hang(string begin, string text, int indent)
    {
        var lines = TextFold.AtSpaces(text, Math.Max(LeastWidth, Width - indent)).ToList();
        terminal.WriteLine(begin + lines[0]);
        foreach (var line in lines.Skip(1))
            terminal.WriteLine(new string(' ', indent) + line);
    }
}
