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
    private readonly Option<bool> _rehearse = Switches.Of("--rehearse", "Also rehearse it in a sandbox: real files and requests, stand-ins for programs, containers and databases.");
    private readonly Option<string?> _scenario;

    public PlanTestCommand(CommandHost host)
        : base(host, "test", "Look for what would keep a plan from working here.", "hxops plan test llm-hub", "hxops plan test llm-hub --rehearse")
    {
        _plan = PlanArguments.Required(host);
        _scenario = PlanArguments.Scenario(host, _plan, "Rehearse only this scenario. Default: all.");
        Add(_plan);
        foreach (var option in new Option[] { _values, _rehearse, _scenario })
            Add(option);
    }

    protected override async Task<ExitCode> RunAsync(Call call, CancellationToken cancellation)
    {
        var plan = call.ReadPlan(call.Get(_plan)!, _values);
        var report = new PlanReport { Id = plan.Name, Findings = await new PlanInspector(call.Context).InspectAsync(plan, cancellation), Source = plan.Source };
        if (call.Get(_rehearse))
            report = report with { Rehearsals = await new PlanRehearser(call.Context).RehearseAsync(plan, call.Get(_scenario), call.Events, cancellation) };
        call.Write(report, HxJson.Output.PlanReport, PlanViews.Report);
        return report.Passed ? ExitCode.Done : ExitCode.VerificationFailed;
    }
}
