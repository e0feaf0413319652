namespace HxOps.Cli.Output;

/// <summary>Folds text to a width.</summary>
internal static class TextFold
{
    /// <summary>The lines of <paramref name="text"/>: broken at spaces, or within a word that is longer than a line.</summary>
    public static IEnumerable<string> Fold(string text, int width)
    {
        var rest = text.Trim();
        while (rest.Length > width)
        {
            var cut = rest.LastIndexOf(' ', width);
            var next = cut + 1;
            if (cut <= 0)
                (cut, next) = (width, width);

            yield return rest[..cut].TrimEnd();
            rest = rest[next..].TrimStart();
        }

        yield return rest;
    }
}
