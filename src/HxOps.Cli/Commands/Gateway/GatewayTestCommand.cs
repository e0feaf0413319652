using System.CommandLine;
using System.Globalization;
using HxOps.Cli.Output;
using HxOps.Errors;
using HxOps.Gateway;
using HxOps.Reporting;

namespace HxOps.Cli.Commands.Gateway;

/// <summary>Asks the gate.</summary>
internal sealed class GatewayTestCommand : VerbCommand
{
    private const double LongestWait = 86400;
    private readonly Option<double> _wait = new("--wait") { Description = "Go on asking until healthy, at most so many seconds.", HelpName = "SECONDS" };
    private readonly Option<string> _profile = new("--profile")
    {
        Description = "full asks every probe; free none that makes a model work.",
        HelpName = "full|free",
        DefaultValueFactory = _ => "full",
    };

    private readonly Option<string[]> _probes = new("--probe") { Description = "Ask only this probe; may be repeated.", HelpName = "NAME" };

    public GatewayTestCommand(CommandHost host)
        : base(host, "test", "Probe the gateway and come to one verdict.", "hxops gateway test --wait 30", "hxops gateway test --profile free --json")
    {
        _wait.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && !(double.TryParse(result.Tokens[0].Value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) && seconds <= LongestWait))
                result.AddError($"--wait wants seconds from 0 to {LongestWait.ToString(CultureInfo.InvariantCulture)}, not '{result.Tokens[0].Value}'.");
        });
        _profile.AcceptOnlyFromAmong("full", "free");
        Add(_wait);
        Add(_profile);
        Add(_probes);
    }

    protected override async Task<ExitCode> RunAsync(Call call, CancellationToken cancellation)
    {
        var request = new GateRequest
        {
            Profile = call.Get(_profile) == "free" ? GateProfile.Free : GateProfile.Full,
            Probes = [.. call.Get(_probes) ?? []],
            Wait = TimeSpan.FromSeconds(call.Get(_wait)),
        };
        var report = await new GateRunner(call.Context).RunAsync(request, call.Events, cancellation);
        call.Write(report, HxJson.Output.GateReport, GatewayViews.Report);
        return report.Verdict == Verdict.Healthy ? ExitCode.Done : ExitCode.VerificationFailed;
    }
}
