using HxOps.Errors;

namespace HxOps.Restoring;

/// <summary>Failures of restores that ended by themselves: there is a result, and scripts must notice all the same.</summary>
public static class RestoreOutcomeErrors
{
    /// <summary>A step or the gate failed and the state before is back.</summary>
    public static readonly ErrorId RolledBack = new("RestoreRolledBack", ExitCode.RolledBack,
        "The host is as it was before. Mend the cause that the message and the result name, or choose another checkpoint, and restore again. Who wants that state whatever the gate says of it adds -NoRollback (hxops: --no-rollback).");

    /// <summary>The restored state is in place, and the gate did not pass.</summary>
    public static readonly ErrorId Unproven = new("RestoreUnproven", ExitCode.VerificationFailed,
        "Read the gate's findings in the result. Go back with Undo-HxRestore or 'hxops restore undo' when the restored state is worse than the one before.");

    /// <summary>The way back failed too.</summary>
    public static readonly ErrorId Inconsistent = new("RestoreInconsistent", ExitCode.Inconsistent,
        "Run Repair-HxRestore or 'hxops restore repair', which brings every path to one of its two ends.");

    /// <summary>An interrupted restore is at one of its two ends, and a unit is not as it should be.</summary>
    public static readonly ErrorId UnitsAstray = new("RestoreUnitsAstray", ExitCode.Failed,
        "The files are whole. Read the unit's log, mend the cause, and restart it with Restart-HxGatewayService or 'hxops service restart'.");

    /// <summary>The failure that a repaired restore stands for, or null when all is well.</summary>
    public static HxException? Of(RestoreInfo repaired)
    {
        ArgumentNullException.ThrowIfNull(repaired);
        if (!string.IsNullOrEmpty(repaired.Reason))
            return new HxException(UnitsAstray, repaired.Id, $"{repaired.Id} is {repaired.State.ToString().ToLowerInvariant()}, but: {repaired.Reason}");

        return repaired.Outcome == RestoreOutcome.RestoredUnproven
            ? new HxException(Unproven, repaired.Checkpoint, $"{repaired.Checkpoint} is restored, but {repaired.Id} was interrupted before the gate had spoken.")
            : null;
    }

    /// <summary>The failure that a result stands for, or null when all is well.</summary>
    public static HxException? Of(RestoreResult result) => result.Outcome switch
    {
        RestoreOutcome.Restored or RestoreOutcome.AlreadyThere => null,
        RestoreOutcome.RestoredUnproven => new HxException(Unproven, result.Checkpoint, $"{result.Checkpoint} is restored, but the gate did not pass.{Why(result)}"),
        RestoreOutcome.RolledBack => new HxException(RolledBack, result.Checkpoint, $"Restoring {result.Checkpoint} failed; the state before it is back.{Why(result)}"),
        _ => new HxException(Inconsistent, result.Checkpoint, $"Restoring {result.Checkpoint} failed, and so did the way back.{Why(result)}"),
    };

    private static string Why(RestoreResult result) => string.IsNullOrEmpty(result.Reason) ? "" : " " + result.Reason;
}
