using System.Collections.Immutable;
using System.Globalization;
using HxOps.Gateway;
using HxOps.Reporting;
using HxOps.Services;

namespace HxOps.Cli.Output;

/// <summary>How the gate's report and the units' logs look.</summary>
internal static class GatewayViews
{
    public static void Report(Page page, GateReport report)
    {
        foreach (var line in report.Describe())
            page.Sentence(line, indent: 3);
        page.Sentence($"{string.Join(", ", report.Layers.Select(layer => $"{layer.Key} {layer.Value}"))}. {Amounts.Count(report.Rounds, "round")} in {Amounts.Of(report.Elapsed)}.");
    }

    public static void Measurement(Page page, GatewayMeasurement measurement) => page.Facts(
        ("Requests", $"{Amounts.Count(measurement.Requests)} in {Amounts.Count(measurement.Rounds, "round")}, {Amounts.Count(measurement.Failures)} failed{(measurement.Unjudged > 0 ? $", {Amounts.Count(measurement.Unjudged)} not judged" : "")}"),
        ("Error rate", measurement.Signals.ErrorRatePercent is { } rate ? string.Create(CultureInfo.InvariantCulture, $"{rate:0.##} %") : "not known"),
        ("Median", measurement.MedianMilliseconds is { } median ? Amounts.Of(TimeSpan.FromMilliseconds(median)) : "not known"),
        ("Slower by", measurement.Signals.DegradationPercent is { } slower ? string.Create(CultureInfo.InvariantCulture, $"{slower:0.##} %") : ""),
        ("Outage", measurement.Signals.CompleteOutage is true ? "no request was answered as it should be" : ""));

    /// <summary>One look of a watch in one line.</summary>
    public static string Look(GateLook look)
    {
        var sign = look.Verdict switch
        {
            Verdict.Healthy => Signs.Good,
            Verdict.Unhealthy => Signs.Bad,
            _ => Signs.Unsure,
        };
        var lasting = look.TimeUtc - look.SinceUtc;
        return $"{Amounts.Moment(look.TimeUtc)} {sign} {look.Verdict}{(lasting > TimeSpan.Zero ? " for " + Amounts.Of(lasting) : "")}{(look.Summary.Length > 0 ? ": " + look.Summary : "")}";
    }

    public static void Log(Page page, ImmutableArray<LogLine> lines)
    {
        if (lines.IsEmpty)
            page.Line("No lines were logged in that time.");
        foreach (var line in lines)
            Line(page, line);
    }

    public static void Line(Page page, LogLine line) => page.Line($"{Amounts.Moment(line.TimeUtc)} {line.Unit}: {line.Text}");
}
