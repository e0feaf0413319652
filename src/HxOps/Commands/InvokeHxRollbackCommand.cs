using System.Management.Automation;
using HxOps.Completion;
using HxOps.Pipeline;
using HxOps.Rollback.Criteria;
using HxOps.Rollback.Running;

namespace HxOps.Commands;

/// <summary>Invoke-HxRollback: carries out a rollback plan.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "HxRollback", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(RunResult))]
public sealed class InvokeHxRollbackCommand : HxPlanCommand
{
    /// <summary>One of the plan's scenarios; the first unless given.</summary>
    [Parameter(Position = 1)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ScenarioCompleter))]
    public string? Scenario { get; set; }

    /// <inheritdoc/>
    protected override void Execute()
    {
        (InputObject is PSObject wrapped ? wrapped.BaseObject as RollbackDecision : InputObject as RollbackDecision)?.Demand();
        var context = Open();
        var plan = ReadPlan(ChosenPlan());
        var lines = Run(() => new PlanRunner(context, new AgreedBeforehand("")).Describe(plan, Scenario));
        if (Agree(lines[0], lines.Skip(1)))
            WriteRun(context, (approver, events, stop) => new PlanRunner(context, approver).RunAsync(plan, Scenario, events, stop));
    }
}
