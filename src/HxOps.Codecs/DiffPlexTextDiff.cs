using System.Collections.Immutable;
using DiffPlex;
using DiffPlex.Model;
using HxOps.Formats;

namespace HxOps.Codecs;

/// <summary>Compares texts with DiffPlex.</summary>
public sealed class DiffPlexTextDiff : ITextDiff
{
    /// <inheritdoc/>
    public ImmutableArray<DiffHunk> Compare(string before, string after, int context = 3)
    {
        if (before == after)
        {
            return [];
        }

        var difference = new Differ().CreateCustomDiffs(before, after, ignoreWhiteSpace: false, LinesOf);
        return [.. Group(difference.DiffBlocks, context).Select(blocks => Hunk(difference, blocks, context))];
    }

    /// <summary>Changes whose surroundings touch or overlap are one hunk.</summary>
    private static List<List<DiffBlock>> Group(IList<DiffBlock> blocks, int context)
    {
        var groups = new List<List<DiffBlock>>();
        foreach (var block in blocks)
        {
            var last = groups.LastOrDefault()?[^1];
            if (last is not null && block.DeleteStartA - (last.DeleteStartA + last.DeleteCountA) <= 2 * context)
            {
                groups[^1].Add(block);
            }
            else
            {
                groups.Add([block]);
            }
        }

        return groups;
    }

    private static DiffHunk Hunk(DiffResult difference, List<DiffBlock> blocks, int context)
    {
        var (before, after) = (difference.PiecesOld, difference.PiecesNew);
        var lead = Math.Min(context, blocks[0].DeleteStartA);
        var start = blocks[0].DeleteStartA - lead;
        var lines = ImmutableArray.CreateBuilder<DiffLine>();
        var next = start;
        foreach (var block in blocks)
        {
            Add(lines, ' ', before, next, block.DeleteStartA - next);
            Add(lines, '-', before, block.DeleteStartA, block.DeleteCountA);
            Add(lines, '+', after, block.InsertStartB, block.InsertCountB);
            next = block.DeleteStartA + block.DeleteCountA;
        }

        var tail = Math.Min(context, before.Length - next);
        Add(lines, ' ', before, next, tail);

        var afterStart = blocks[0].InsertStartB - lead;
        var beforeCount = next + tail - start;
        var afterCount = beforeCount + blocks.Sum(block => block.InsertCountB - block.DeleteCountA);
        return new DiffHunk(First(start, beforeCount), beforeCount, First(afterStart, afterCount), afterCount, lines.ToImmutable());
    }

    // A unified diff names the line before an empty range.
    private static int First(int start, int count) => count == 0 ? start : start + 1;

    private static void Add(ImmutableArray<DiffLine>.Builder lines, char mark, string[] pieces, int start, int count)
    {
        for (var i = start; i < start + count; i++)
        {
            var hasEnd = pieces[i].EndsWith('\n');
            lines.Add(new DiffLine(mark, hasEnd ? pieces[i][..^1] : pieces[i]));
            if (!hasEnd)
            {
                lines.Add(new DiffLine('\\', " No newline at end of file"));
            }
        }
    }

    // Each with its end, so that a missing last end and another kind of end are differences.
    private static string[] LinesOf(string text)
    {
        var lines = new List<string>();
        for (var start = 0; start < text.Length;)
        {
            var end = text.IndexOf('\n', start);
            var next = end < 0 ? text.Length : end + 1;
            lines.Add(text[start..next]);
            start = next;
        }

        return [.. lines];
    }
}
