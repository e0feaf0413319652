using System.Globalization;
using System.Management.Automation;

namespace HxOps.Pipeline;

/// <summary>
/// Takes spans as operators write them: <c>90s</c>, <c>15m</c>, <c>36h</c>, <c>14d</c>, <c>8w</c>. A bare number is refused, unless it is
/// known to mean seconds: PowerShell would take 14 for fourteen ticks, and a pruning that keeps the last fourteen ticks keeps nothing.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class SpanTransformationAttribute : ArgumentTransformationAttribute
{
    /// <summary>The most days that a span may have; a hundred years unless said.</summary>
    public int MostDays { get; init; } = 36600;

    /// <summary>Whether a bare number means seconds, as in <c>-Wait 30</c>.</summary>
    public bool CountsSeconds { get; init; }

    /// <summary>Whether no time at all has a meaning. Nothing can be done or measured in it.</summary>
    public bool AllowsZero { get; init; }

    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        var span = Read(inputData);
        if (span < TimeSpan.Zero || (span == TimeSpan.Zero && !AllowsZero) || span > TimeSpan.FromDays(MostDays))
            throw new ArgumentTransformationMetadataException($"'{LanguagePrimitives.ConvertTo<string>(inputData)}' is no span for this: it {(AllowsZero ? "must not be negative" : "must be longer than nothing")}, and have at most {MostDays.ToString(CultureInfo.InvariantCulture)} days.");

        return span;
    }

    private TimeSpan Read(object inputData)
    {
        if ((inputData is PSObject wrapped ? wrapped.BaseObject : inputData) is TimeSpan given)
            return given;

        // PowerShell reads a bare 14d as the decimal number 14; what the user typed is in the text.
        var text = LanguagePrimitives.ConvertTo<string>(inputData);
        if (Parse(text) is { } span)
            return span;
        if (CountsSeconds && decimal.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seconds) && Math.Abs(seconds) <= MostDays * 86400m)
            return TimeSpan.FromSeconds((double)seconds);
        if (text.Contains(':') && TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var clock))
            return clock;

        throw new ArgumentTransformationMetadataException($"'{text}' is no span: write {(CountsSeconds ? "seconds, or " : "")}a number and s, m, h, d or w, such as {(CountsSeconds ? "2m" : "14d")}.");
    }

    private static TimeSpan? Parse(string text)
    {
        if (text.Length < 2 || !int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var count))
            return null;

        return text[^1] switch
        {
            's' => TimeSpan.FromSeconds(count),
            'm' => TimeSpan.FromMinutes(count),
            'h' => TimeSpan.FromHours(count),
            'd' when count <= 36600 => TimeSpan.FromDays(count),
            'w' when count <= 5300 => TimeSpan.FromDays(7 * count),
            _ => null,
        };
    }
}
