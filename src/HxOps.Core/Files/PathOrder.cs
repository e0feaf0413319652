namespace HxOps.Files;

/// <summary>
/// The order of a tree: a folder, then all below it, then its neighbours. The order of bytes is another one: <c>-</c> and <c>.</c> come
/// before <c>/</c>, so that <c>lib-x</c> would come between <c>lib</c> and <c>lib/y</c>.
/// </summary>
internal sealed class PathOrder : IComparer<string>
{
    private PathOrder()
    {
    }

    /// <summary>Parents first.</summary>
    internal static PathOrder ParentsFirst { get; } = new();

    /// <inheritdoc/>
    public int Compare(string? x, string? y)
    {
        var one = x.AsSpan();
        var other = y.AsSpan();
        var common = one.CommonPrefixLength(other);
        return common == one.Length || common == other.Length
            ? one.Length.CompareTo(other.Length)
            : Rank(one[common]).CompareTo(Rank(other[common]));
    }

    private static int Rank(char character) => character == '/' ? -1 : character;
}
