using HxOps.Errors;

namespace HxOps.Restoring;

/// <summary>Failures of restoring.</summary>
public static class RestoreErrors
{
    /// <summary>The host is no longer as it was when the plan was made: somebody changed the named path, or an interrupted restore was repaired.</summary>
    public static readonly ErrorId Drifted = new("RestoreDrifted", ExitCode.Refused,
        "What was agreed to is not what would happen now. Run the command again and read the new plan. This restore has changed nothing.");

    /// <summary>The archive names an owner that this host does not have.</summary>
    public static readonly ErrorId OwnerUnknown = new("OwnerUnknown", ExitCode.Refused,
        "Create the user or group, or say who takes its place: -MapOwner @{ 'name' = 'user:group' } (hxops: --map-owner name=user:group). The name * stands for all others.");

    /// <summary>Only root may give files to other owners.</summary>
    public static readonly ErrorId OwnerForbidden = new("OwnerForbidden", ExitCode.Refused,
        "Run the command as root, or take the files for yourself with -MapOwner @{ '*' = 'your-user' } (hxops: --map-owner '*=your-user').");

    /// <summary>The deployment has no component of that name.</summary>
    public static readonly ErrorId ComponentUnknown = new("ComponentUnknown", ExitCode.Usage,
        "Name one of the components listed in the message.");

    /// <summary>The archive holds nothing that this deployment would restore.</summary>
    public static readonly ErrorId NothingToRestore = new("NothingToRestore", ExitCode.Refused,
        "Check that the checkpoint belongs to this deployment, and the components that were chosen.");

    /// <summary>An archive of the old kit does not say what was absent, so nothing can be removed by it.</summary>
    public static readonly ErrorId MirrorUnfounded = new("MirrorUnfounded", ExitCode.Refused,
        "Restore it without mirroring, then remove by hand what is too much.");

    /// <summary>Something other than a folder stands where a folder must be.</summary>
    public static readonly ErrorId FolderBlocked = new("FolderBlocked", ExitCode.Refused,
        "Move away what stands at the named path, then run the command again. Nothing was changed.");

    /// <summary>The way to a path leads out of the root folder.</summary>
    public static readonly ErrorId RootLeft = new("RootLeft", ExitCode.Refused,
        "Make the named link relative, or put a folder in its place, then run the command again. Nothing was changed.");

    /// <summary>A folder that a file or a link shall replace holds what the safety checkpoint would not.</summary>
    public static readonly ErrorId FolderHoldsMore = new("FolderHoldsMore", ExitCode.Refused,
        "Move the named path to a place outside that folder, or leave its component out, then run the command again. Nothing was changed.");

    /// <summary>There is no restore of that id.</summary>
    public static readonly ErrorId NotFound = new("RestoreNotFound", ExitCode.NotFound,
        "List the restores with Get-HxRestore (hxops restore list) and name one of them.");

    /// <summary>The restore cannot be undone.</summary>
    public static readonly ErrorId NotUndoable = new("RestoreNotUndoable", ExitCode.Refused,
        "Only a restore that stands can be undone. Restore a checkpoint instead.");

    /// <summary>The journal of an interrupted restore cannot be read.</summary>
    public static readonly ErrorId JournalDamaged = new("RestoreJournalDamaged", ExitCode.Inconsistent,
        "Restore the safety checkpoint (pre-restore-...) that was taken before the interrupted restore, then move its journal folder away.");

    /// <summary>A restore was interrupted, and the files may be partly old and partly new.</summary>
    public static readonly ErrorId Unfinished = new("RestoreUnfinished", ExitCode.Inconsistent,
        "Run Repair-HxRestore (hxops restore repair) first, then repeat the command. Nothing was written.");

    /// <summary>The way back failed.</summary>
    public static readonly ErrorId RollbackFailed = new("RestoreRollbackFailed", ExitCode.Inconsistent,
        "Mend the cause, then run Repair-HxRestore (hxops restore repair): it goes on where the way back stopped.");
}
