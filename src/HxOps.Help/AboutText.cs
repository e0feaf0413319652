using System.Text;

namespace HxOps.Help;

/// <summary>Puts an about document into the plain text that Get-Help shows: folded, indented, headings in capitals.</summary>
public static class AboutText
{
    private const int Width = 78;

    /// <summary>The text.</summary>
    public static string Of(Section page)
    {
        var text = new StringBuilder();
        text.Append("TOPIC\n    ").Append(page.Title).Append("\n\nSHORT DESCRIPTION\n");
        Append(text, page.Blocks);
        text.Append("LONG DESCRIPTION\n");
        foreach (var section in page.Children)
            Append(text, section);
        return text.ToString().TrimEnd() + "\n";
    }

    private static void Append(StringBuilder text, Section section)
    {
        text.Append("  ").Append(section.Title).Append("\n\n");
        Append(text, section.Blocks);
        foreach (var child in section.Children)
            Append(text, child);
    }

    private static void Append(StringBuilder text, IEnumerable<Block> blocks)
    {
        Block? before = null;
        foreach (var block in blocks)
        {
            if (before is ListItem && block is not ListItem)
                text.Append('\n');
            Append(text, block);
            before = block;
        }

        if (before is ListItem)
            text.Append('\n');
    }

    private static void Append(StringBuilder text, Block block)
    {
        switch (block)
        {
            case Paragraph paragraph:
                Fold(text, paragraph.Text, "    ", "    ");
                text.Append('\n');
                break;
            case ListItem item:
                Fold(text, item.Text, "    - ", "      ");
                break;
            case Code code:
                foreach (var line in code.Text.Split('\n'))
                    text.Append(("        " + line).TrimEnd()).Append('\n');
                text.Append('\n');
                break;
        }
    }

    private static void Fold(StringBuilder text, string words, string first, string others)
    {
        var line = first;
        var isEmpty = true;
        foreach (var word in words.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!isEmpty && line.Length + 1 + word.Length > Width)
            {
                text.Append(line).Append('\n');
                (line, isEmpty) = (others, true);
            }

            line += (isEmpty ? "" : " ") + word;
            isEmpty = false;
        }

        text.Append(line).Append('\n');
    }
}
