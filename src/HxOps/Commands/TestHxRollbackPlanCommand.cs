using System.Management.Automation;
using HxOps.Pipeline;
using HxOps.Rollback.Checking;

namespace HxOps.Commands;

/// <summary>Test-HxRollbackPlan: looks for what would keep a plan from working here.</summary>
[Cmdlet(VerbsDiagnostic.Test, "HxRollbackPlan")]
[OutputType(typeof(PlanReport))]
public sealed class TestHxRollbackPlanCommand : HxPlanCommand
{
    /// <inheritdoc/>
    protected override void Execute()
    {
        var context = Open();
        IReadOnlyCollection<string> names = Plan is null ? Run(() => Composition.Plans().Names) : [Plan];
        ForEach(names, name =>
        {
            var plan = ReadPlan(name);
            Write(context, new PlanReport { Id = plan.Name, Findings = Run(() => new PlanInspector(context).Inspect(plan)), Source = plan.Source });
        });
    }
}
