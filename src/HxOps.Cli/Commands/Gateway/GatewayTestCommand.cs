using System.CommandLine;
using HxOps.Cli.Output;
using HxOps.Errors;
using HxOps.Gateway;
using HxOps.Reporting;

namespace HxOps.Cli.Commands.Gateway;

/// <summary>Asks the gate.</summary>
internal sealed class GatewayTestCommand : VerbCommand
{
    private readonly Option<TimeSpan?> _wait = Switches.Wait("Go on asking until healthy, at most so long: seconds, or a span such as 2m.");
    private readonly Option<string> _profile = GateArguments.Profile("full");
    private readonly Option<string[]> _probes;

    public GatewayTestCommand(CommandHost host)
        : base(host, "test", "Probe the gateway and come to one verdict.", "hxops gateway test --wait 30", "hxops gateway test --profile free --json")
    {
        Add(_wait);
        Add(_profile);
        Add(_probes = GateArguments.Probes(host));
    }

    protected override async Task<ExitCode> RunAsync(Call call, CancellationToken cancellation)
    {
        var request = new GateRequest
        {
            Profile = call.Get(_profile) == "free" ? GateProfile.Free : GateProfile.Full,
            Probes = [.. call.Get(_probes) ?? []],
            Wait = call.Get(_wait) ?? TimeSpan.Zero,
        };
        var report = await new GateRunner(call.Context).RunAsync(request, call.Events, cancellation);
        call.Write(report, HxJson.Output.GateReport, GatewayViews.Report);
        return report.Verdict == Verdict.Healthy ? ExitCode.Done : ExitCode.VerificationFailed;
    }
}
