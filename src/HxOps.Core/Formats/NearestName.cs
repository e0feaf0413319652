namespace HxOps.Formats;

/// <summary>Finds the name that somebody probably meant.</summary>
internal static class NearestName
{
    /// <summary>The known name nearest to <paramref name="given"/>, or null when none is near enough to be a slip of the hand.</summary>
    public static string? Of(string given, IEnumerable<string> known) => known
        .Select(name => (Name: name, Distance: Distance(given.ToUpperInvariant(), name.ToUpperInvariant())))
        .Where(candidate => candidate.Distance <= Math.Max(2, Math.Min(given.Length, candidate.Name.Length) / 3))
        .OrderBy(candidate => candidate.Distance)
        .Select(candidate => candidate.Name)
        .FirstOrDefault();

    /// <summary>The end of a sentence that names the nearest known name, or nothing.</summary>
    public static string Hint(string given, IEnumerable<string> known) => Of(given, known) is { } near ? $"; did you mean '{near}'?" : "";

    // Levenshtein, with one row: names are short, but a hostile key need not be.
    private static int Distance(string left, string right)
    {
        if (Math.Abs(left.Length - right.Length) > 32)
        {
            return int.MaxValue;
        }

        var row = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var i = 1; i <= left.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var replaced = diagonal + (left[i - 1] == right[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }
}
