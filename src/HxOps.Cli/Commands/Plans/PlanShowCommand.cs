using System.CommandLine;
using HxOps.Cli.Output;
using HxOps.Errors;
using HxOps.Reporting;
using HxOps.Rollback.Plans;

namespace HxOps.Cli.Commands.Plans;

/// <summary>Shows a plan.</summary>
internal sealed class PlanShowCommand : VerbCommand
{
    private readonly Argument<string> _plan;
    private readonly Option<string[]> _values = PlanArguments.Values();

    public PlanShowCommand(CommandHost host)
        : base(host, "show", "Show a plan: its scenarios step by step, its times, and who is called.", "hxops plan show llm-hub")
    {
        _plan = PlanArguments.Required(host);
        Add(_plan);
        Add(_values);
    }

    protected override Task<ExitCode> RunAsync(Call call, CancellationToken cancellation)
    {
        var plan = call.ReadPlan(call.Get(_plan)!, _values);
        call.Write(PlanSummary.Of(plan, call.Context), HxJson.Output.PlanSummary, PlanViews.Plan);
        return Task.FromResult(ExitCode.Done);
    }
}
