using HxOps.Errors;

namespace HxOps.Formats;

/// <summary>Failures of reading an archive as a container.</summary>
public static class ArchiveErrors
{
    private const string TakeAnother = "Do not use this archive. Restore another checkpoint, and copy this one again from where it came if it can be had.";

    /// <summary>The archive ends too early.</summary>
    public static readonly ErrorId Truncated = new("ArchiveTruncated", ExitCode.VerificationFailed, TakeAnother);

    /// <summary>The archive's bytes are not what was written.</summary>
    public static readonly ErrorId Damaged = new("ArchiveDamaged", ExitCode.VerificationFailed, TakeAnother);

    /// <summary>Something follows the end of the archive.</summary>
    public static readonly ErrorId TrailingBytes = new("ArchiveTrailingBytes", ExitCode.VerificationFailed, TakeAnother);

    /// <summary>The archive is larger than any checkpoint may be.</summary>
    public static readonly ErrorId TooLarge = new("ArchiveTooLarge", ExitCode.VerificationFailed,
        "Do not use this archive: it expands beyond the limits for checkpoints and is probably not one.");

    /// <summary>A member's name, kind or target could reach outside the places a restore may write to.</summary>
    public static readonly ErrorId Unsafe = new("ArchiveUnsafe", ExitCode.VerificationFailed,
        "Do not use this archive: no checkpoint holds such a member. Find out where the archive came from.");
}
