using System.CommandLine.Parsing;
using System.Globalization;

namespace HxOps.Cli.Commands;

/// <summary>Reads spans such as <c>90s</c>, <c>15m</c>, <c>36h</c>, <c>14d</c> and <c>8w</c>.</summary>
internal static class SpanArgument
{
    private const int LongestYears = 100;
    private const int LongestWaitDays = 7;

    /// <summary>A span in which something is done: no time at all is none.</summary>
    public static TimeSpan? ParseLimit(ArgumentResult result)
    {
        if (Parse(result) is var span && span != TimeSpan.Zero)
            return span;

        result.AddError($"'{result.Tokens[0].Value}' leaves no time; write a span such as 10s.");
        return null;
    }

    /// <summary>A time to wait for something: a span, or a bare number of seconds.</summary>
    public static TimeSpan? ParseWait(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        var isNumber = decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) && seconds <= LongestWaitDays * 86400;
        var span = isNumber ? TimeSpan.FromSeconds((double)seconds) : TimeSpan.Zero;
        if ((isNumber || TryParse(text, out span)) && span <= TimeSpan.FromDays(LongestWaitDays))
            return span;

        result.AddError($"'{text}' is no time to wait; write seconds, or a span such as 2m, at most {LongestWaitDays}d.");
        return null;
    }

    /// <summary>Any span.</summary>
    public static TimeSpan? Parse(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (TryParse(text, out var span))
            return span;

        result.AddError($"'{text}' is no span; write a number and s, m, h, d or w, such as 14d.");
        return null;
    }

    private static bool TryParse(string text, out TimeSpan span)
    {
        span = default;
        if (text.Length < 2 || !int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var count))
            return false;

        double? seconds = text[^1] switch
        {
            's' => 1,
            'm' => 60,
            'h' => 3600,
            'd' => 86400,
            'w' => 7 * 86400,
            _ => null,
        };
        if (seconds is not { } unit || count * unit > LongestYears * 366d * 86400)
            return false;

        span = TimeSpan.FromSeconds(count * unit);
        return true;
    }
}
