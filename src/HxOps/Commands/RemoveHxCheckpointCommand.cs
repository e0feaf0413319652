using System.Management.Automation;
using HxOps.Checkpoints;
using HxOps.Checkpoints.Keeping;
using HxOps.Errors;
using HxOps.Pipeline;

namespace HxOps.Commands;

/// <summary>Remove-HxCheckpoint: removes the checkpoints that no rule keeps, or those that are named.</summary>
[Cmdlet(VerbsCommon.Remove, "HxCheckpoint", DefaultParameterSetName = ByRule, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(RetentionDecision))]
public sealed class RemoveHxCheckpointCommand : HxCheckpointCommand
{
    private const string ByRule = "ByRule";

    /// <summary>Keeps the newest so many of each kind; without any rule, as many as the deployment says.</summary>
    [Parameter(ParameterSetName = ByRule)]
    [ValidateRange(0, int.MaxValue)]
    public int? Keep { get; set; }

    /// <summary>Keeps the newest of each of so many days.</summary>
    [Parameter(ParameterSetName = ByRule)]
    [ValidateRange(0, int.MaxValue)]
    public int KeepDaily { get; set; }

    /// <summary>Keeps the newest of each of so many weeks.</summary>
    [Parameter(ParameterSetName = ByRule)]
    [ValidateRange(0, int.MaxValue)]
    public int KeepWeekly { get; set; }

    /// <summary>Keeps the newest of each of so many months.</summary>
    [Parameter(ParameterSetName = ByRule)]
    [ValidateRange(0, int.MaxValue)]
    public int KeepMonthly { get; set; }

    /// <summary>Keeps all that are younger.</summary>
    [Parameter(ParameterSetName = ByRule)]
    [SpanTransformation(AllowsZero = true)]
    public TimeSpan? KeepWithin { get; set; }

    /// <summary>Keeps all that were copied nowhere else, besides what the other rules keep.</summary>
    [Parameter(ParameterSetName = ByRule)]
    public SwitchParameter KeepUncopied { get; set; }

    /// <inheritdoc/>
    protected override void Execute()
    {
        if (ParameterSetName == ByRule)
            Prune(Open(null));
        else
            base.Execute();
    }

    private protected override void Execute(DeploymentContext context, CheckpointInfo checkpoint)
    {
        var decision = Run(() => new CheckpointPruner(context).PlanRemoval([checkpoint]))[0];
        if (decision.Keep)
            throw new HxException(CheckpointErrors.Kept, checkpoint.Id, $"{checkpoint.Id} stays: {decision.Reason}.");
        Remove(context, decision);
    }

    private protected override void ExecuteUnnamed(DeploymentContext context) => Prune(context);

    private void Prune(DeploymentContext context)
    {
        var rules = new RetentionRules { Last = Keep, Daily = KeepDaily, Weekly = KeepWeekly, Monthly = KeepMonthly, Within = KeepWithin, Uncopied = KeepUncopied };
        if (rules with { Uncopied = false } == new RetentionRules())
            rules = rules with { Last = context.Deployment.Backups.Keep };
        foreach (var decision in Run(() => new CheckpointPruner(context).Plan(rules)).Where(decision => !decision.Keep))
            Remove(context, decision);
    }

    private void Remove(DeploymentContext context, RetentionDecision decision)
    {
        if (!Agree($"Remove {decision.Id}", [decision.Reason]))
            return;

        Write(context, RunLocked(context, "removing a checkpoint", lease =>
        {
            new CheckpointPruner(context).Remove(decision, lease);
            return decision;
        }));
    }
}
