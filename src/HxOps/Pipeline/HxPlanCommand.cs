using System.Collections;
using System.Management.Automation;
using HxOps.Completion;
using HxOps.Errors;
using HxOps.Rollback.Plans;

namespace HxOps.Pipeline;

/// <summary>A command that works with a rollback plan.</summary>
public abstract class HxPlanCommand : HxSubjectCommand
{
    /// <summary>The plan: its file, or the name of a shipped one.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(PlanCompleter))]
    public string? Plan { get; set; }

    /// <summary>Values to set over those of the plan. No place for secrets: they are kept with every run.</summary>
    [Parameter]
    [ValidateNotNull]
    public Hashtable Value { get; set; } = [];

    /// <summary>The name or path of the plan that the user chose, or the pipeline; null for none.</summary>
    private protected string? Chosen => Named(Plan, OutputName.Plan);

    /// <summary>The plan that the user chose, with the user's values.</summary>
    private protected RollbackPlan ReadPlan(string nameOrPath) => ReadPlan(nameOrPath, Value);

    /// <summary>The name or path of the plan, which this command cannot do without.</summary>
    private protected string ChosenPlan() => Chosen ?? throw new HxException(PlanErrors.NotNamed, "", "No plan is named.");
}
