using System.CommandLine;
using HxOps.Cli.Output;
using HxOps.Errors;
using HxOps.Reporting;
using HxOps.Rollback.Checking;

namespace HxOps.Cli.Commands.Plans;

/// <summary>Tests a plan.</summary>
internal sealed class PlanTestCommand : VerbCommand
{
    private readonly Argument<string> _plan;
    private readonly Option<string[]> _values = PlanArguments.Values();

    public PlanTestCommand(CommandHost host)
        : base(host, "test", "Look for what would keep a plan from working here.", "hxops plan test llm-hub")
    {
        _plan = PlanArguments.Required(host);
        Add(_plan);
        Add(_values);
    }

    protected override Task<ExitCode> RunAsync(Call call, CancellationToken cancellation)
    {
        var plan = call.ReadPlan(call.Get(_plan)!, _values);
        var report = new PlanReport { Id = plan.Name, Findings = new PlanInspector(call.Context).Inspect(plan), Source = plan.Source };
        call.Write(report, HxJson.Output.PlanReport, PlanViews.Report);
        return Task.FromResult(report.Passed ? ExitCode.Done : ExitCode.VerificationFailed);
    }
}
