using System.Globalization;

namespace HxOps.Services.Units;

/// <summary>Reads systemd's time spans.</summary>
internal static class UnitTime
{
    private const double Day = 86_400;

    /// <summary>Reads a span such as <c>1min 30s</c>; a number without a unit counts seconds.</summary>
    /// <returns><see cref="Timeout.InfiniteTimeSpan"/> for <c>infinity</c>; null when it cannot be understood.</returns>
    internal static TimeSpan? Parse(string text)
    {
        var rest = text.AsSpan().Trim();
        if (rest.SequenceEqual("infinity"))
        {
            return Timeout.InfiniteTimeSpan;
        }

        var seconds = 0.0;
        if (rest.IsEmpty)
        {
            return null;
        }

        while (!rest.IsEmpty)
        {
            var digits = LengthWhile(rest, c => char.IsAsciiDigit(c) || c == '.');
            if (!double.TryParse(rest[..digits], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
            {
                return null;
            }

            rest = rest[digits..].TrimStart();
            var letters = LengthWhile(rest, char.IsLetter);
            if (Seconds(rest[..letters].ToString()) is not { } unit)
            {
                return null;
            }

            seconds += number * unit;
            rest = rest[letters..].TrimStart();
        }

        return seconds < TimeSpan.MaxValue.TotalSeconds ? TimeSpan.FromSeconds(seconds) : Timeout.InfiniteTimeSpan;
    }

    private static int LengthWhile(ReadOnlySpan<char> text, Func<char, bool> accepts)
    {
        var length = 0;
        while (length < text.Length && accepts(text[length]))
        {
            length++;
        }

        return length;
    }

    private static double? Seconds(string unit) => unit switch
    {
        "" or "s" or "sec" or "second" or "seconds" => 1,
        "us" or "usec" or "µs" or "μs" => 1e-6,
        "ms" or "msec" => 1e-3,
        "m" or "min" or "minute" or "minutes" => 60,
        "h" or "hr" or "hour" or "hours" => 3600,
        "d" or "day" or "days" => Day,
        "w" or "week" or "weeks" => 7 * Day,
        "M" or "month" or "months" => 30.44 * Day,
        "y" or "year" or "years" => 365.25 * Day,
        _ => null,
    };
}
