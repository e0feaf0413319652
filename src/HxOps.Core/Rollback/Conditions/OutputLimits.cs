using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;

namespace HxOps.Rollback.Conditions;

/// <summary>Reads numbers out of what a program prints, by the words before them.</summary>
internal static class OutputLimits
{
    private static readonly SearchValues<char> NumberParts = SearchValues.Create("0123456789.");

    /// <summary>What exceeds its limit or is not said at all; null when every number is below its limit.</summary>
    /// <param name="output">What the program printed.</param>
    /// <param name="limits">Words, and what the first number behind them on the same line must be below.</param>
    public static string? Complaint(string output, ImmutableSortedDictionary<string, double> limits)
    {
        foreach (var (words, limit) in limits)
        {
            var numbers = output.Split('\n').Select(line => NumberAfter(line, words)).OfType<double>().ToList();
            if (numbers.Count == 0)
            {
                return $"its output tells no {words}";
            }

            if (numbers.Max() >= limit)
            {
                return string.Create(CultureInfo.InvariantCulture, $"{words} is {numbers.Max()}, not below {limit}");
            }
        }

        return null;
    }

    private static double? NumberAfter(string line, string words)
    {
        var at = line.IndexOf(words, StringComparison.OrdinalIgnoreCase);
        var rest = at < 0 ? [] : line.AsSpan(at + words.Length);
        var digit = rest.IndexOfAnyInRange('0', '9');
        if (digit < 0)
        {
            return null;
        }

        rest = rest[digit..];
        var end = rest.IndexOfAnyExcept(NumberParts);
        return double.TryParse(end < 0 ? rest : rest[..end].TrimEnd('.'), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;
    }
}
