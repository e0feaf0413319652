using HxOps.Errors;

namespace HxOps.Rollback.Criteria;

/// <summary>Failures of measuring signals against criteria.</summary>
public static class CriteriaErrors
{
    /// <summary>The signals cannot be understood, or hold a number that cannot have been measured.</summary>
    public static readonly ErrorId SignalsInvalid = new("SignalsInvalid", ExitCode.Usage,
        "Correct the named signal. Leave out, or set to null, what nobody has measured.");

    /// <summary>A rollback was asked for by a decision that does not call for one.</summary>
    public static readonly ErrorId NotCalledFor = new("RollbackNotCalledFor", ExitCode.Refused,
        "Nothing was changed. When a person has decided to roll back all the same, run the plan without the decision.");

    /// <summary>The plan carries no criteria.</summary>
    public static readonly ErrorId NoCriteria = new("CriteriaMissing", ExitCode.NotFound,
        "Choose a plan that has a 'criteria' part, such as llm-hub, or write one into the plan.");
}
