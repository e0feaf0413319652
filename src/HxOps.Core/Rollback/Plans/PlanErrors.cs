using HxOps.Errors;

namespace HxOps.Rollback.Plans;

/// <summary>Failures of reading plans.</summary>
public static class PlanErrors
{
    /// <summary>A plan file does not follow the format.</summary>
    public static readonly ErrorId Invalid = new("PlanInvalid", ExitCode.Usage,
        "Mend the plan at the named line and column. docs/schemas/plan.schema.json lets an editor check it while you type.");

    /// <summary>No plan has that name.</summary>
    public static readonly ErrorId NotFound = new("PlanNotFound", ExitCode.NotFound,
        "Give the path of a plan file or the name of a shipped plan; Get-HxRollbackPlan lists them.");

    /// <summary>A command needs a plan and none was named.</summary>
    public static readonly ErrorId NotNamed = new("PlanNotNamed", ExitCode.Usage,
        "Say -Plan with a plan file or the name of a shipped plan; Get-HxRollbackPlan lists them.");

    /// <summary>The plan has no such scenario.</summary>
    public static readonly ErrorId ScenarioNotFound = new("ScenarioNotFound", ExitCode.NotFound,
        "Choose one of the plan's scenarios; Get-HxRollbackPlan lists them.");

    /// <summary>A value was set that the plan does not have.</summary>
    public static readonly ErrorId ValueUnknown = new("PlanValueUnknown", ExitCode.Usage,
        "Set only values that the plan lists under 'values'.");
}
