using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace HxOps.Help;

/// <summary>
/// Reads the Markdown that the project's help is written in: headings, paragraphs, lists of one level, fenced code; emphasis, code and links
/// within a line. Enough for help, and small enough to be strict.
/// </summary>
public sealed partial class DocumentReader
{
    private readonly string[] _lines;
    private int _next;

    private DocumentReader(string text) => _lines = text.Replace("\r\n", "\n", StringComparison.Ordinal).Split('\n');

    /// <summary>The document's sections: one of level one, as a rule.</summary>
    public static ImmutableArray<Section> Read(string text) => new DocumentReader(text).ReadSections(1);

    private ImmutableArray<Section> ReadSections(int level)
    {
        var sections = ImmutableArray.CreateBuilder<Section>();
        while (_next < _lines.Length && LevelOf(_lines[_next]) is var found)
        {
            if (found == 0 && _lines[_next].Trim().Length == 0)
                _next++;
            else if (found == level)
                sections.Add(ReadSection(level));
            else
                break;
        }

        return sections.ToImmutable();
    }

    private Section ReadSection(int level)
    {
        var line = _next + 1;
        var title = _lines[_next++][(level + 1)..].Trim();
        return new Section(title, line, ReadBlocks(), ReadSections(level + 1));
    }

    private ImmutableArray<Block> ReadBlocks()
    {
        var blocks = ImmutableArray.CreateBuilder<Block>();
        while (_next < _lines.Length && LevelOf(_lines[_next]) == 0)
        {
            var line = _lines[_next].Trim();
            if (line.Length == 0)
                _next++;
            else if (line.StartsWith("```", StringComparison.Ordinal))
                blocks.Add(ReadCode());
            else if (line.StartsWith("- ", StringComparison.Ordinal))
                blocks.Add(new ListItem(Plain(ReadRun()[2..])));
            else
                blocks.Add(new Paragraph(Plain(ReadRun())));
        }

        return blocks.ToImmutable();
    }

    private Code ReadCode()
    {
        var info = _lines[_next++].Trim()[3..].Trim();
        var first = _next;
        while (_next < _lines.Length && _lines[_next].Trim() != "```")
            _next++;
        return new Code(string.Join('\n', _lines[first.._next++]), info);
    }

    private string ReadRun()
    {
        var run = _lines[_next++].Trim();
        while (_next < _lines.Length && _lines[_next].Trim() is { Length: > 0 } more && LevelOf(_lines[_next]) == 0
            && !more.StartsWith("- ", StringComparison.Ordinal) && !more.StartsWith("```", StringComparison.Ordinal))
        {
            run += " " + more;
            _next++;
        }

        return run;
    }

    private static int LevelOf(string line)
    {
        var level = line.TakeWhile(character => character == '#').Count();
        return level > 0 && line.Length > level && line[level] == ' ' ? level : 0;
    }

    private static string Plain(string text) => Marks().Replace(Link().Replace(text, "$1"), "$1$2");

    [GeneratedRegex(@"\[([^\]]+)\]\([^)]*\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"`([^`]+)`|\*\*([^*]+)\*\*")]
    private static partial Regex Marks();
}
