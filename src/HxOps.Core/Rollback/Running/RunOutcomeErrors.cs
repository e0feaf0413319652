using HxOps.Errors;

namespace HxOps.Rollback.Running;

/// <summary>Failures of runs that ended by themselves: there is a result, and scripts must notice all the same.</summary>
public static class RunOutcomeErrors
{
    /// <summary>Everything was done and something required was not seen.</summary>
    public static readonly ErrorId Inconclusive = new("RollbackInconclusive", ExitCode.VerificationFailed,
        "Look at what the message names. When it is right by now, nothing is left to do; otherwise mend it and run the plan again.");

    /// <summary>A critical step failed or the user stopped the run, and the plan leaves things as they are then.</summary>
    public static readonly ErrorId Failed = new("RollbackFailed", ExitCode.Failed,
        "Read the failed step's finding in the result, mend its cause, and run the plan again; resume a run that was stopped. What was done before still stands.");

    /// <summary>A critical step failed, and what was done has been taken back.</summary>
    public static readonly ErrorId TakenBack = new("RollbackTakenBack", ExitCode.RolledBack,
        "The host is as it was before the run. Mend the cause that the message names, and run the plan again or choose another scenario.");

    /// <summary>The user stopped the run, and what was done has been taken back.</summary>
    public static readonly ErrorId Stopped = new("RollbackStopped", ExitCode.Stopped,
        "The host is as it was before the run. Run the plan again when it shall be carried out after all.");

    /// <summary>Something could not be taken back.</summary>
    public static readonly ErrorId Inconsistent = new("RollbackInconsistent", ExitCode.Inconsistent,
        "Take back by hand what the message names, or run the plan again to its end. The run's folder has the files as they were before.");

    /// <summary>The failure that a result stands for, or null when it is a success.</summary>
    public static HxException? Of(RunResult result) => result.Outcome switch
    {
        RunOutcome.Succeeded => null,
        RunOutcome.Inconclusive => Failure(Inconclusive, result, "was done, but not everything required was seen"),
        RunOutcome.RolledBack => Failure(TakenBack, result, "failed and was taken back"),
        RunOutcome.Inconsistent => Failure(Inconsistent, result, "failed and could not be taken back whole"),
        RunOutcome.Stopped => Failure(Stopped, result, "was stopped and taken back"),
        _ => Failure(Failed, result, "failed"),
    };

    private static HxException Failure(ErrorId id, RunResult result, string what) =>
        new(id, result.Id, $"The rollback {result.Plan}/{result.Scenario} {what}. {string.Join(" ", result.Reasons)}");
}
