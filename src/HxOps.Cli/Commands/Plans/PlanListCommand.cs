using System.Collections.Immutable;
using HxOps.Cli.Output;
using HxOps.Errors;
using HxOps.Reporting;
using HxOps.Rollback.Plans;

namespace HxOps.Cli.Commands.Plans;

/// <summary>Lists the shipped plans.</summary>
internal sealed class PlanListCommand(CommandHost host)
    : VerbCommand(host, "list", "List the rollback plans that ship with hxops.", "hxops plan list")
{
    protected override Task<ExitCode> RunAsync(Call call, CancellationToken cancellation)
    {
        var plans = call.Deployments.Plans().List().Select(plan => PlanSummary.Of(plan, call.Context)).ToImmutableArray();
        call.Write(plans, HxJson.Output.ImmutableArrayPlanSummary, PlanViews.List);
        return Task.FromResult(ExitCode.Done);
    }
}
