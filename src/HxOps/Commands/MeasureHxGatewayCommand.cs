using System.Management.Automation;
using HxOps.Gateway;
using HxOps.Pipeline;

namespace HxOps.Commands;

/// <summary>Measure-HxGateway: which share of requests fails, and how fast the others are.</summary>
[Cmdlet(VerbsDiagnostic.Measure, "HxGateway")]
[OutputType(typeof(GatewayMeasurement))]
public sealed class MeasureHxGatewayCommand : HxSubjectCommand
{
    /// <summary>Which probes are asked: all, or only those that make no model work.</summary>
    [Parameter]
    public GateProfile Profile { get; set; } = GateProfile.Free;

    /// <summary>How long to measure.</summary>
    [Parameter]
    [SpanTransformation(AllowsZero = true)] // One round is made at least.
    public TimeSpan Duration { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The median of a good time in milliseconds, to tell how much slower it is now.</summary>
    [Parameter]
    [ValidateRange(0.001, 1e9)]
    public double? BaselineMilliseconds { get; set; }

    /// <inheritdoc/>
    protected override void Execute()
    {
        var context = Open();
        Write(context, Run((events, stop) => new GatewayMeter(context).MeasureAsync(Profile, Duration, BaselineMilliseconds, events, stop)));
    }
}
