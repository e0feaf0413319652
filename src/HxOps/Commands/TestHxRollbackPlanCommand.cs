using System.Management.Automation;
using HxOps.Completion;
using HxOps.Pipeline;
using HxOps.Rollback.Checking;

namespace HxOps.Commands;

/// <summary>Test-HxRollbackPlan: looks for what would keep a plan from working here.</summary>
[Cmdlet(VerbsDiagnostic.Test, "HxRollbackPlan")]
[OutputType(typeof(PlanReport))]
public sealed class TestHxRollbackPlanCommand : HxPlanCommand
{
    /// <summary>Also rehearses the plan in a sandbox.</summary>
    [Parameter]
    public SwitchParameter Rehearse { get; set; }

    /// <summary>The only scenario to rehearse; all unless given.</summary>
    [Parameter(Position = 1)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ScenarioCompleter))]
    public string? Scenario { get; set; }

    /// <inheritdoc/>
    protected override void Execute()
    {
        var context = Open();
        IReadOnlyCollection<string> names = Chosen is { } chosen ? [chosen] : Run(() => Composition.Plans().Names);
        ForEach(names, name =>
        {
            var plan = ReadPlan(name);
            var report = new PlanReport { Id = plan.Name, Findings = Run((_, stop) => new PlanInspector(context).InspectAsync(plan, stop)), Source = plan.Source };
            Write(context, Rehearse
                ? report with { Rehearsals = Run((events, stop) => new PlanRehearser(context).RehearseAsync(plan, Scenario, events, stop)) }
                : report);
        });
    }
}
