using System.Collections.Immutable;

namespace HxOps.Formats;

/// <summary>Compares two texts line by line.</summary>
public interface ITextDiff
{
    /// <summary>The hunks of a unified diff, in order; empty when the texts are equal.</summary>
    /// <param name="before">The older text.</param>
    /// <param name="after">The newer text.</param>
    /// <param name="context">How many unchanged lines surround a change.</param>
    ImmutableArray<DiffHunk> Compare(string before, string after, int context = 3);
}

/// <summary>A run of changed lines with its surroundings.</summary>
/// <param name="BeforeStart">First line in the older text, from one.</param>
/// <param name="BeforeCount">Lines taken from the older text.</param>
/// <param name="AfterStart">First line in the newer text, from one.</param>
/// <param name="AfterCount">Lines taken from the newer text.</param>
/// <param name="Lines">The lines, each with its mark.</param>
public sealed record DiffHunk(int BeforeStart, int BeforeCount, int AfterStart, int AfterCount, ImmutableArray<DiffLine> Lines);

/// <summary>One line of a hunk.</summary>
/// <param name="Mark">A space, <c>-</c> or <c>+</c>; or <c>\</c> for the remark that the line before has no end, which no count includes.</param>
/// <param name="Text">The line without its end.</param>
public readonly record struct DiffLine(char Mark, string Text);
