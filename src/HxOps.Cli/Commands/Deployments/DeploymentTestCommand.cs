using HxOps.Cli.Output;
using HxOps.Deployments;
using HxOps.Errors;
using HxOps.Gateway;
using HxOps.Reporting;

namespace HxOps.Cli.Commands.Deployments;

/// <summary>Looks whether the host has what the deployment file says.</summary>
internal sealed class DeploymentTestCommand(CommandHost host)
    : VerbCommand(host, "test", "Check whether this host has what the deployment file says; repairs nothing.", "hxops deployment test")
{
    protected override async Task<ExitCode> RunAsync(Call call, CancellationToken cancellation)
    {
        var checks = await new DeploymentInspector(call.Context).InspectAsync(call.Events, cancellation);
        call.Write(checks, HxJson.Output.ImmutableArrayPreflightResult, DeploymentViews.Preflight);
        return checks.Any(check => check.Verdict == Verdict.Unhealthy) ? ExitCode.VerificationFailed : ExitCode.Done;
    }
}
