using HxOps.Errors;

namespace HxOps.Checkpoints.Copying;

/// <summary>Failures of copying checkpoints.</summary>
public static class CopyErrors
{
    /// <summary>The destination is neither a folder nor a host with a folder.</summary>
    public static readonly ErrorId DestinationInvalid = new("CopyDestinationInvalid", ExitCode.Usage,
        "Give a folder, or [user@]host:/folder with an absolute path.");

    /// <summary>Another file has the archive's name there.</summary>
    public static readonly ErrorId NameTaken = new("CopyNameTaken", ExitCode.Refused,
        "Copy to another folder: one for each host, where several take checkpoints in the same second. Nothing there was changed.");

    /// <summary>The destination has the checkpoint itself rather than a copy of it.</summary>
    public static readonly ErrorId SameFile = new("CopySameFile", ExitCode.Refused,
        "Copy to another folder, best on another disk or host. Nothing was changed.");

    /// <summary>What arrived is not what was sent, twice.</summary>
    public static readonly ErrorId Damaged = new("CopyDamaged", ExitCode.VerificationFailed,
        "Look at the network and the disk of the destination. What arrived was removed; nothing has the archive's name there.");
}
