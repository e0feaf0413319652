using System.Management.Automation;
using HxOps.Completion;
using HxOps.Gateway;
using HxOps.Pipeline;

namespace HxOps.Commands;

/// <summary>Test-HxGateway: asks all probes at once and comes to one verdict.</summary>
[Cmdlet(VerbsDiagnostic.Test, "HxGateway")]
[OutputType(typeof(GateReport), typeof(bool))]
public sealed class TestHxGatewayCommand : HxSubjectCommand
{
    /// <summary>Which probes are asked: all, or only those that make no model work.</summary>
    [Parameter]
    public GateProfile Profile { get; set; } = GateProfile.Full;

    /// <summary>Names of the only probes to ask.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ProbeCompleter))]
    public string[] Probe { get; set; } = [];

    /// <summary>How long to go on asking until the gateway is healthy.</summary>
    [Parameter]
    [SpanTransformation(AllowsZero = true, CountsSeconds = true, MostDays = 7)]
    public TimeSpan Wait { get; set; }

    /// <summary>Only whether the gateway is healthy.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    /// <inheritdoc/>
    protected override void Execute()
    {
        var context = Open();
        var request = new GateRequest { Profile = Profile, Probes = [.. Probe], Wait = Wait };
        var report = Run((events, stop) => new GateRunner(context).RunAsync(request, events, stop));
        Write(context, Quiet ? report.Verdict == Verdict.Healthy : report);
    }
}
