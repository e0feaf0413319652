using HxOps.Errors;

namespace HxOps.Services.EntryPoints;

/// <summary>Failures of changes that ended by themselves: there is a result, and scripts must notice all the same.</summary>
public static class EntryPointOutcomeErrors
{
    /// <summary>It did not become healthy and the one before is back.</summary>
    public static readonly ErrorId RolledBack = new("EntryPointRolledBack", ExitCode.RolledBack,
        "The unit runs what it ran before. Read the reason and the log lines in the result, mend the cause or choose another entry point, and set it again.");

    /// <summary>No file had to change, and what runs is not proven.</summary>
    public static readonly ErrorId Unproven = new("EntryPointUnproven", ExitCode.VerificationFailed,
        "The unit files say what you asked for already. Read the reason and the log lines in the result, and mend the cause or choose another entry point.");

    /// <summary>The rehearsal did not prove it, so nothing was changed.</summary>
    public static readonly ErrorId NotRehearsed = new("EntryPointNotRehearsed", ExitCode.VerificationFailed,
        "Nothing was changed. Read why the rehearsal failed in the result, mend it, or choose another entry point.");

    /// <summary>The way back failed too.</summary>
    public static readonly ErrorId Inconsistent = new("EntryPointInconsistent", ExitCode.Inconsistent,
        "The drop-in is as it was before, unless the reason says otherwise. Read why the unit does not start, and mend it or set another entry point.");

    /// <summary>The failure that a result stands for, or null when all is well.</summary>
    public static HxException? Of(EntryPointResult result) => result.Outcome switch
    {
        EntryPointOutcome.Set or EntryPointOutcome.AlreadyThere => null,
        EntryPointOutcome.RolledBack => new HxException(RolledBack, result.Wanted.Id, $"The entry point of {result.Wanted.Id} did not prove itself; the one before is back. {result.Reason}"),
        EntryPointOutcome.NotRehearsed => new HxException(NotRehearsed, result.Wanted.Id, $"The rehearsal of {result.Wanted.Id} failed; nothing was changed. {result.Reason}"),
        EntryPointOutcome.Unproven => new HxException(Unproven, result.Wanted.Id, $"{result.Id} is set to {result.Wanted.Id} already{(result.WasRestarted ? " and was restarted" : "")}, but that did not prove itself. {result.Reason}"),
        _ => new HxException(Inconsistent, result.Wanted.Id, $"Setting {result.Id} to {result.Wanted.Id} failed, and so did the way back. {result.Reason}"),
    };
}
