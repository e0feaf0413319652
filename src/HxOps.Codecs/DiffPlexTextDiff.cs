using System.Collections.Immutable;
using HxOps.Formats;

namespace HxOps.Codecs;

/// <summary>Compares texts with DiffPlex.</summary>
public sealed class DiffPlexTextDiff : ITextDiff
{
    /// <inheritdoc/>
    public ImmutableArray<DiffHunk> Compare(string before, string after, int context = 3) => throw new NotImplementedException();
}
