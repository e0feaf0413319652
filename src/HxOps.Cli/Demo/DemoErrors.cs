using HxOps.Errors;

namespace HxOps.Cli.Demo;

/// <summary>Failures of the practice deployment and the demo.</summary>
internal static class DemoErrors
{
    /// <summary>A practice deployment would mix with files that are there already.</summary>
    public static readonly ErrorId FolderInUse = new("PracticeFolderInUse", ExitCode.Refused,
        "Name a folder that does not exist yet, or an empty one.");

    /// <summary>A folder to be removed is not a practice deployment.</summary>
    public static readonly ErrorId NotPractice = new("NotAPracticeDeployment", ExitCode.Refused,
        "Name a folder that 'hxops demo new' has made. Nothing was removed.");

    /// <summary>The shipped deployment file is missing or has changed its shape.</summary>
    public static readonly ErrorId NotShipped = new("ShippedFileUnusable", ExitCode.Failed,
        "Install HxOps again: a file that ships with it is missing or was changed.");

    /// <summary>A step of the demo came out otherwise than it must.</summary>
    public static readonly ErrorId Unexpected = new("DemoStepFailed", ExitCode.VerificationFailed,
        "Something on this machine keeps HxOps from working. Run 'hxops demo --verbose' and look at the step that failed.");
}
