namespace HxOps.Errors;

/// <summary>Failures that more than one room can meet.</summary>
public static class CommonErrors
{
    /// <summary>A file or folder could not be read or written because of its permissions.</summary>
    public static readonly ErrorId AccessDenied = new("AccessDenied", ExitCode.Failed,
        "Run the command as root, or as a user who may access the named path.");

    /// <summary>The disk is full or a quota is reached.</summary>
    public static readonly ErrorId DiskFull = new("DiskFull", ExitCode.Failed,
        "Free some space on the file system of the named path, then run the command again. Nothing was changed.");

    /// <summary>The file system refuses writes.</summary>
    public static readonly ErrorId ReadOnlyTarget = new("ReadOnlyTarget", ExitCode.Failed,
        "Remount the file system of the named path read-write, then run the command again. Nothing was changed.");

    /// <summary>Any other input or output failure.</summary>
    public static readonly ErrorId FileUnusable = new("FileUnusable", ExitCode.Failed,
        "Look at the cause: the operating system refused the named path.");

    /// <summary>A path the user named does not exist.</summary>
    public static readonly ErrorId PathNotFound = new("PathNotFound", ExitCode.NotFound,
        "Check the spelling of the path.");

    /// <summary>The user stopped the operation.</summary>
    public static readonly ErrorId Stopped = new("Stopped", ExitCode.Stopped,
        "Nothing to mend: what had begun was taken back. Run the command again when ready.");

    /// <summary>A change needs the caller's agreement and did not get it.</summary>
    public static readonly ErrorId NotConfirmed = new("NotConfirmed", ExitCode.Refused,
        "Read the plan, then agree: --yes for hxops, -Confirm:$false for a cmdlet in a script.");

    /// <summary>A pipeline brought something that no command of HxOps wrote.</summary>
    public static readonly ErrorId InputUnknown = new("InputUnknown", ExitCode.Usage,
        "Pipe what a Get command wrote, or name what is meant: -Unit, -Id, -Plan, -Deployment and -Root.");

    /// <summary>A name with wildcards is no pattern.</summary>
    public static readonly ErrorId PatternInvalid = new("PatternInvalid", ExitCode.Usage,
        "Close the bracket, or put a backtick before one that is part of the name.");

    /// <summary>A defect of HxOps: a failure that no room foresaw.</summary>
    public static readonly ErrorId Unexpected = new("Unexpected", ExitCode.Failed,
        "This is a defect of HxOps. Please report it with the output of the same command and verbose output.");
}
