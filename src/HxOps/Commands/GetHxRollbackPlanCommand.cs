using System.Management.Automation;
using HxOps.Pipeline;
using HxOps.Rollback.Plans;

namespace HxOps.Commands;

/// <summary>Get-HxRollbackPlan: the rollback plans that ship with the module, or one of them, or one of a file.</summary>
[Cmdlet(VerbsCommon.Get, "HxRollbackPlan")]
[OutputType(typeof(PlanSummary))]
public sealed class GetHxRollbackPlanCommand : HxPlanCommand
{
    /// <inheritdoc/>
    protected override void Execute()
    {
        var context = Open();
        IReadOnlyList<RollbackPlan> plans = Chosen is { } chosen ? [ReadPlan(chosen)] : Run(() => Composition.Plans().List());
        WriteAll(context, plans.Select(plan => PlanSummary.Of(plan, context)));
    }
}
