using HxOps.Errors;

namespace HxOps.Rollback.Running;

/// <summary>Failures of carrying plans out.</summary>
public static class RunErrors
{
    /// <summary>An earlier run was interrupted and waits to be resumed.</summary>
    public static readonly ErrorId Unfinished = new("RollbackUnfinished", ExitCode.Refused,
        "Resume the named run first: Resume-HxRollback, or hxops rollback resume.");

    /// <summary>There is no run of that name, or none to resume.</summary>
    public static readonly ErrorId NotFound = new("RollbackNotFound", ExitCode.NotFound,
        "List the runs with Get-HxRollback, or hxops rollback list.");

    /// <summary>A step was interrupted, may have happened, and would do harm if it happened twice.</summary>
    public static readonly ErrorId StepInDoubt = new("RollbackStepInDoubt", ExitCode.Inconsistent,
        "Look whether the named step has happened. Then resume and say so: -InDoubt Skip when it has, -InDoubt Repeat when it has not.");

    /// <summary>The plan needs an action that this build cannot carry out.</summary>
    public static readonly ErrorId ActionUnavailable = new("RollbackActionUnavailable", ExitCode.Refused,
        "Choose a scenario without the named action, or carry that step out as a command.");

    /// <summary>Somebody whose agreement is needed did not agree.</summary>
    public static readonly ErrorId NotApproved = new("RollbackNotApproved", ExitCode.Refused,
        "Ask the named role, then run the command again.");

    /// <summary>Nothing takes back what a step has done.</summary>
    public static readonly ErrorId NoWayBack = new("RollbackNoWayBack", ExitCode.Inconsistent,
        "Take the named step back by hand, or run the plan again to its end. Give the step an 'undo' in the plan; say 'read-only: true' of a command that only looks.");

    /// <summary>A journal is damaged in its middle.</summary>
    public static readonly ErrorId JournalDamaged = new("RollbackJournalDamaged", ExitCode.Inconsistent,
        "Somebody or something changed the journal. Compare the host with the plan by hand; move the run's folder away when it is settled.");

    /// <summary>What was asked for did not come true.</summary>
    public static readonly ErrorId NotObserved = new("RollbackNotObserved", ExitCode.VerificationFailed,
        "Read what was found instead, mend it, and run the plan again.");

    /// <summary>An action was refused or answered wrongly by what it talks to.</summary>
    public static readonly ErrorId ActionFailed = new("RollbackActionFailed", ExitCode.Failed,
        "Read what was found in the message.");
}
