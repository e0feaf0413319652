using System.Collections.Immutable;
using HxOps.Cli.Output;
using HxOps.Deployments;
using HxOps.Errors;
using HxOps.Reporting;

namespace HxOps.Cli.Commands.Deployments;

/// <summary>Lists the deployments that can be named.</summary>
internal sealed class DeploymentListCommand(CommandHost host)
    : VerbCommand(host, "list", "List the deployments that can be chosen by name.", "hxops deployment list")
{
    protected override Task<ExitCode> RunAsync(Call call, CancellationToken cancellation)
    {
        ImmutableArray<DeploymentSummary> deployments =
            [.. call.Deployments.Locator(call.Root).List().Select(path => DeploymentSummary.Of(call.Deployments.Read(path)))];
        call.Write(deployments, HxJson.Output.ImmutableArrayDeploymentSummary, DeploymentViews.List);
        return Task.FromResult(ExitCode.Done);
    }
}
