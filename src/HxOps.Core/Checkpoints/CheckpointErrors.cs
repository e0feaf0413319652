using HxOps.Errors;

namespace HxOps.Checkpoints;

/// <summary>Failures of taking, finding and proving checkpoints.</summary>
public static class CheckpointErrors
{
    /// <summary>No checkpoint of that name, or none at all.</summary>
    public static readonly ErrorId NotFound = new("CheckpointNotFound", ExitCode.NotFound,
        "List the checkpoints to see their names, or give the path of an archive.");

    /// <summary>A required part of the deployment does not exist.</summary>
    public static readonly ErrorId RequiredPathMissing = new("RequiredPathMissing", ExitCode.NotFound,
        "Bring the named paths back, or mark them optional in the deployment file if this host does not need them.");

    /// <summary>Two files of the deployment would take the same place in the archive.</summary>
    public static readonly ErrorId PlaceTaken = new("ArchivePlaceTaken", ExitCode.Usage,
        "Give the two sources components with different archive folders in the deployment file.");

    /// <summary>The deployment has more than a checkpoint can be read back with.</summary>
    public static readonly ErrorId TooLarge = new("CheckpointTooLarge", ExitCode.Refused,
        "Name sources in the deployment file that hold less: data and large logs belong into a backup of their own. No checkpoint was made.");

    /// <summary>A member of the archive has other content than its manifest says.</summary>
    public static readonly ErrorId ContentChanged = new("CheckpointContentChanged", ExitCode.VerificationFailed, TakeAnother);

    /// <summary>The manifest of an archive is missing, empty or unreadable.</summary>
    public static readonly ErrorId ManifestInvalid = new("CheckpointManifestInvalid", ExitCode.VerificationFailed, TakeAnother);

    /// <summary>The manifest names a file that the archive does not have.</summary>
    public static readonly ErrorId MemberMissing = new("CheckpointMemberMissing", ExitCode.VerificationFailed, TakeAnother);

    /// <summary>The archive has a member that its manifest does not name.</summary>
    public static readonly ErrorId MemberUnlisted = new("CheckpointMemberUnlisted", ExitCode.VerificationFailed, TakeAnother);

    /// <summary>A newer HxOps wrote the archive.</summary>
    public static readonly ErrorId FormatTooNew = new("CheckpointFormatTooNew", ExitCode.VerificationFailed,
        "Use the version of HxOps that wrote the checkpoint, or a newer one.");

    /// <summary>The archive is not the file that was verified.</summary>
    public static readonly ErrorId Replaced = new("CheckpointReplaced", ExitCode.VerificationFailed,
        "Someone changed the archive while it was used. Verify it again, then repeat the command.");

    /// <summary>Nothing is to be said about a checkpoint, or the opposite of the same.</summary>
    public static readonly ErrorId AnnotationUnclear = new("CheckpointAnnotationUnclear", ExitCode.Usage,
        "Give -Pin or -Unpin, -KnownGood, or -Note.");

    /// <summary>The checkpoint must be kept.</summary>
    public static readonly ErrorId Kept = new("CheckpointKept", ExitCode.Refused,
        "Remove the pin or the known-good mark first; the newest checkpoint and those that a restore uses always stay.");

    /// <summary>The file that holds pins, known-good marks and notes is unreadable.</summary>
    public static readonly ErrorId AnnotationsInvalid = new("AnnotationsInvalid", ExitCode.Failed,
        "Mend the named JSON file, or remove it to do without the pins, marks and notes in it.");

    private const string TakeAnother = "Do not use this archive. Restore another checkpoint, and copy this one again from where it came if it can be had.";
}
