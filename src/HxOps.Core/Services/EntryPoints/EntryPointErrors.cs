using HxOps.Errors;

namespace HxOps.Services.EntryPoints;

/// <summary>Failures of changing what a unit runs.</summary>
public static class EntryPointErrors
{
    /// <summary>The deployment file describes no service.</summary>
    public static readonly ErrorId NoService = new("ServiceNotDescribed", ExitCode.Usage,
        "Add a service section to the deployment file; about_HxOps_Deployments shows one.");

    /// <summary>No source knows an entry point of that id.</summary>
    public static readonly ErrorId NotFound = new("EntryPointNotFound", ExitCode.NotFound,
        "List the known entry points with Get-HxEntryPoint or hxops entrypoint list, and take an id from there.");

    /// <summary>The command still holds a placeholder of a document.</summary>
    public static readonly ErrorId Placeholder = new("EntryPointPlaceholder", ExitCode.Refused,
        "Give the real value: with -ConfigurationPath for the configuration file, or choose an entry point that was recorded from a host.");

    /// <summary>The program or a file it is given does not exist on this host.</summary>
    public static readonly ErrorId Missing = new("EntryPointMissing", ExitCode.Refused,
        "Install what the command names, or choose another entry point.");

    /// <summary>The command holds a secret, which every user of the machine could read.</summary>
    public static readonly ErrorId HoldsSecret = new("EntryPointHoldsSecret", ExitCode.Refused,
        "Choose an entry point that takes its credentials from the environment file.");

    /// <summary>Another drop-in that is read later decides what the unit runs.</summary>
    public static readonly ErrorId Shadowed = new("EntryPointShadowed", ExitCode.Refused,
        "Remove ExecStart from the file named in the message, or remove that file, then try again. The drop-in was put back as it was.");

    /// <summary>The deployment file names no document for the procedure.</summary>
    public static readonly ErrorId NoDocument = new("ProcedureDocumentNotNamed", ExitCode.Usage,
        "Name the document under service.procedure in the deployment file, or write the text to a file of your own.");

    /// <summary>The drop-in is a link to a file that something else keeps.</summary>
    public static readonly ErrorId Linked = new("EntryPointDropInLinked", ExitCode.Refused,
        "Change the entry point where the linked file is kept, or put a plain file in place of the link, then try again.");

    /// <summary>Somebody else changed the drop-in while the new entry point was being proven.</summary>
    public static readonly ErrorId DropInChanged = new("EntryPointDropInChanged", ExitCode.Inconsistent,
        "Read the drop-in named in the message: it stays as somebody else has written it. Restart the unit to run what it says, or set an entry point again.");

    /// <summary>The drop-in is not what the plan was made from.</summary>
    public static readonly ErrorId PlanStale = new("EntryPointPlanStale", ExitCode.Refused,
        "Run the command again and read the new plan. Nothing was changed.");

    /// <summary>The record of an interrupted change cannot be read.</summary>
    public static readonly ErrorId BackupUnreadable = new("EntryPointBackupUnreadable", ExitCode.Inconsistent,
        "Compare the unit's override.conf with the newest checkpoint, put it right, and remove the named file.");
}
