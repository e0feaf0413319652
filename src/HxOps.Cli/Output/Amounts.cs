using System.Globalization;
using HxOps.Reporting;

namespace HxOps.Cli.Output;

/// <summary>Amounts as people read them, the same in every locale.</summary>
internal static class Amounts
{
    private static readonly string[] Units = ["B", "kB", "MB", "GB", "TB"];

    /// <summary>A number of bytes in powers of 1000: <c>12.3 kB</c>.</summary>
    public static string Bytes(long bytes)
    {
        double value = bytes;
        var unit = 0;
        for (; Math.Abs(value) >= 1000 && unit < Units.Length - 1; unit++)
            value /= 1000;
        return string.Create(CultureInfo.InvariantCulture, $"{(unit == 0 ? bytes.ToString(CultureInfo.InvariantCulture) : value.ToString("0.0", CultureInfo.InvariantCulture))} {Units[unit]}");
    }

    /// <summary>A span: <c>3 ms</c>, <c>1.25 s</c>, <c>2:05 min</c>.</summary>
    public static string Of(TimeSpan span) => Quantity.Span(span);

    /// <summary>A moment in UTC to the second.</summary>
    public static string Moment(DateTimeOffset moment) => moment.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>A count.</summary>
    public static string Count(long count) => count.ToString(CultureInfo.InvariantCulture);

    /// <summary>A count with its noun: <c>1 file</c>, <c>2 files</c>.</summary>
    public static string Count(long count, string noun) => Quantity.Count(count, noun);

    /// <summary>How far something has come.</summary>
    public static string Progress(ProgressEvent progress)
    {
        Func<long, string> show = progress.Unit switch
        {
            ProgressUnit.Bytes => Bytes,
            ProgressUnit.Milliseconds => count => Of(TimeSpan.FromMilliseconds(count)),
            _ => Count,
        };
        return progress.Total is { } total ? $"{show(progress.Done)} of {show(total)}" : show(progress.Done);
    }
}
