using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;

namespace HxOps.Rollback.Conditions;

/// <summary>Reads times out of what a program prints, by the words before them; in milliseconds unless another unit is named.</summary>
internal static class OutputLimits
{
    private const RegexOptions Linear = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant;

    private static readonly FrozenDictionary<string, double> Units = new Dictionary<string, double>
    {
        ["ms"] = 1, ["s"] = 1000, ["sec"] = 1000, ["second"] = 1000, ["seconds"] = 1000, ["min"] = 60_000, ["minutes"] = 60_000, ["us"] = 0.001, ["\u00b5s"] = 0.001,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>A number that is not the end of a word such as <c>p95</c> or of another number, and the word behind it.</summary>
    private static readonly Regex Said = new(@"(?:^|[^\p{L}\p{N}_.,-])([0-9]\S*)(?:\s+(\S+))?", Linear);

    /// <summary>A number and its unit. A comma may divide thousands or decimals, so a number with one is not guessed at.</summary>
    private static readonly Regex Time = new(@"^([0-9]+(?:\.[0-9]+)?)(\p{L}*)$", Linear);

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
        var said = Said.Match(at < 0 ? "" : line[(at + words.Length)..]);
        var time = Time.Match(WithoutPunctuation(said.Groups[1].Value));
        if (!time.Success || !double.TryParse(time.Groups[1].ValueSpan, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
        {
            return null;
        }

        var glued = time.Groups[2].Value;
        return glued.Length == 0 ? number * Units.GetValueOrDefault(WithoutPunctuation(said.Groups[2].Value), 1)
            : Units.TryGetValue(glued, out var factor) ? number * factor
            : null;
    }

    private static string WithoutPunctuation(string word) => word.TrimEnd('.', ',', ';', ')', ']', '|');
}
