using System.CommandLine;
using HxOps.Cli.Commands.Plans;
using HxOps.Cli.Output;
using HxOps.Errors;
using HxOps.Reporting;
using HxOps.Rollback.Criteria;

namespace HxOps.Cli.Commands.Rollbacks;

/// <summary>Comes from signals to a decision.</summary>
internal sealed class RollbackDecideCommand : VerbCommand
{
    private const string DefaultPlan = "llm-hub";
    private readonly Option<string> _plan;
    private readonly Option<string> _signals = new("--signals") { HelpName = "FILE.json", Description = "What was observed, as one JSON object.", Required = true };

    public RollbackDecideCommand(CommandHost host)
        : base(host, "decide", "Decide by a plan's criteria whether to roll back, and in which time.", "hxops rollback decide --plan llm-hub --signals signals.json --json")
    {
        _plan = PlanArguments.Plan(host, DefaultPlan);
        Add(_plan);
        Add(_signals);
    }

    protected override Task<ExitCode> RunAsync(Call call, CancellationToken cancellation)
    {
        var plan = call.Deployments.Plans().Read(call.Get(_plan)!);
        var decision = plan.Decide(SignalsReader.ReadFile(call.Get(_signals)!));
        call.Write(decision, HxJson.Output.RollbackDecision, RollbackViews.Decision);
        return Task.FromResult(ExitCode.Done);
    }
}
