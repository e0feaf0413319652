namespace HxOps.Cli.Output;

/// <summary>Folds text to a width.</summary>
internal static class TextFold
{
    /// <summary>The lines of <paramref name="text"/>, broken at spaces. A word that is longer than a line, such as a path, stays whole.</summary>
    public static IEnumerable<string> AtSpaces(string text, int width)
    {
        var rest = text.TrimEnd();
        while (rest.Length > width && Break(rest, width) is > 0 and var cut)
        {
            yield return rest[..cut].TrimEnd();
            rest = rest[cut..].TrimStart();
        }

        yield return rest;
    }

    /// <summary>The lines of <paramref name="text"/>, none longer than <paramref name="width"/>: broken at spaces where there are any.</summary>
    public static IEnumerable<string> Strictly(string text, int width)
    {
        foreach (var line in AtSpaces(text, width))
        {
            for (var start = 0; start == 0 || start < line.Length; start += width)
                yield return line.Substring(start, Math.Min(width, line.Length - start));
        }
    }

    // The last space that keeps the line within the width, else the first one behind it.
    private static int Break(string text, int width)
    {
        var begin = text.Length - text.AsSpan().TrimStart().Length;
        var cut = text.LastIndexOf(' ', width);
        return cut > begin ? cut : text.IndexOf(' ', Math.Max(begin, width));
    }
}
