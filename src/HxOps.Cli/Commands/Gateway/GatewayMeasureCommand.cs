using System.CommandLine;
using HxOps.Cli.Output;
using HxOps.Errors;
using HxOps.Gateway;
using HxOps.Reporting;

namespace HxOps.Cli.Commands.Gateway;

/// <summary>Measures the gateway.</summary>
internal sealed class GatewayMeasureCommand : VerbCommand
{
    private readonly Option<TimeSpan?> _duration = new("--duration") { HelpName = "SPAN", Description = "How long to measure, such as 30s. Default: 10s.", CustomParser = SpanArgument.Parse };
    private readonly Option<double?> _baseline = new("--baseline") { HelpName = "MILLISECONDS", Description = "The median of a good time, to tell how much slower it is now." };
    private readonly Option<string> _profile = GateArguments.Profile("free");

    public GatewayMeasureCommand(CommandHost host)
        : base(host, "measure", "Measure which share of requests fails, and how fast the others are.", "hxops gateway measure --duration 30s --json")
    {
        foreach (var option in new Option[] { _duration, _baseline, _profile })
            Add(option);
    }

    protected override async Task<ExitCode> RunAsync(Call call, CancellationToken cancellation)
    {
        var profile = call.Get(_profile) == "full" ? GateProfile.Full : GateProfile.Free;
        var duration = call.Get(_duration) ?? TimeSpan.FromSeconds(10);
        var measurement = await new GatewayMeter(call.Context).MeasureAsync(profile, duration, call.Get(_baseline), call.Events, cancellation);
        call.Write(measurement, HxJson.Output.GatewayMeasurement, GatewayViews.Measurement);
        return ExitCode.Done;
    }
}
