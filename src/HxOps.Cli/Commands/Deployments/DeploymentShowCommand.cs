using HxOps.Cli.Output;
using HxOps.Deployments;
using HxOps.Errors;
using HxOps.Reporting;

namespace HxOps.Cli.Commands.Deployments;

/// <summary>Shows the chosen deployment.</summary>
internal sealed class DeploymentShowCommand(CommandHost host)
    : VerbCommand(host, "show", "Show what the chosen deployment file says.", "hxops --deployment ./gateway.yaml deployment show")
{
    protected override Task<ExitCode> RunAsync(Call call, CancellationToken cancellation)
    {
        call.Write(DeploymentSummary.Of(call.Context.Deployment), HxJson.Output.DeploymentSummary, DeploymentViews.Summary);
        return Task.FromResult(ExitCode.Done);
    }
}
