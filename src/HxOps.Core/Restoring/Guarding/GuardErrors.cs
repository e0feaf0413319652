using HxOps.Errors;

namespace HxOps.Restoring.Guarding;

/// <summary>Failures of guarded restores and of their confirmation.</summary>
public static class GuardErrors
{
    /// <summary>The time for a confirmation is too short to be of use, or too long for a guard.</summary>
    public static readonly ErrorId SpanUnsuitable = new("ConfirmSpanUnsuitable", ExitCode.Usage,
        "Name a time from 10 seconds to 24 hours, such as 5m.");

    /// <summary>The guard cannot be started, so the restore would not be undone by itself.</summary>
    public static readonly ErrorId Unavailable = new("GuardUnavailable", ExitCode.Refused,
        "See that hxops beside the module starts by itself ('bin/hxops restore list'), and that systemd runs transient units where it is the init. Or restore without -ConfirmWithin (hxops: --confirm-within). Nothing was changed.");

    /// <summary>An earlier restore waits for its confirmation.</summary>
    public static readonly ErrorId Awaited = new("RestoreAwaitsConfirmation", ExitCode.Refused,
        "Confirm it with Confirm-HxRestore (hxops restore confirm), or undo it with Undo-HxRestore (hxops restore undo), then repeat the command. Nothing was changed.");

    /// <summary>No guard watches the restore, so there is nothing to confirm.</summary>
    public static readonly ErrorId NotGuarded = new("RestoreNotGuarded", ExitCode.Refused,
        "Nothing need be done: only a restore made with -ConfirmWithin (hxops: --confirm-within) is undone by itself.");

    /// <summary>The restore no longer stands: it was undone or taken back before.</summary>
    public static readonly ErrorId NotConfirmable = new("RestoreNotConfirmable", ExitCode.Refused,
        "The state before it is back. Restore the checkpoint again, and confirm in time.");

    /// <summary>The guard could not undo the restore.</summary>
    public static readonly ErrorId UndoFailed = new("GuardUndoFailed", ExitCode.Inconsistent,
        "Mend the cause that the message names, then run 'hxops restore guard' again, or Undo-HxRestore (hxops restore undo).");
}
