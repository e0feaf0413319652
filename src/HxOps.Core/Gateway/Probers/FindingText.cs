using System.Globalization;

namespace HxOps.Gateway.Probers;

/// <summary>Puts numbers and foreign texts into findings.</summary>
internal static class FindingText
{
    private const int LongestQuote = 40;

    /// <summary>A span as an operator reads it: <c>340 ms</c>, <c>2.5 s</c>.</summary>
    internal static string Span(TimeSpan span) => span < TimeSpan.FromSeconds(1)
        ? string.Create(CultureInfo.InvariantCulture, $"{span.TotalMilliseconds:0} ms")
        : string.Create(CultureInfo.InvariantCulture, $"{span.TotalSeconds:0.#} s");

    /// <summary>A foreign text in quotes: short, and without anything that could move a terminal's cursor.</summary>
    internal static string Quote(string text)
    {
        var clean = Clean(text);
        return clean.Length > LongestQuote ? $"'{clean[..LongestQuote]}...'" : $"'{clean}'";
    }

    /// <summary>The text with a question mark for every control character but the tabulator.</summary>
    internal static string Clean(string text) =>
        text.Any(IsUnsafe) ? string.Concat(text.Select(letter => IsUnsafe(letter) ? '?' : letter)) : text;

    private static bool IsUnsafe(char letter) => char.IsControl(letter) && letter != '\t';
}
