using HxOps.Errors;

namespace HxOps.Deployments;

/// <summary>Failures of finding and reading deployment files, and of repairing hosts.</summary>
public static class DeploymentErrors
{
    /// <summary>A deployment file does not say what a gateway is.</summary>
    public static readonly ErrorId Invalid = new("DeploymentInvalid", ExitCode.Usage,
        "Mend the deployment file at the lines and columns named in the message; docs/schemas/deployment.schema.json lists every key.");

    /// <summary>No deployment file has the name or path that was asked for.</summary>
    public static readonly ErrorId NotFound = new("DeploymentNotFound", ExitCode.NotFound,
        "Name one of the deployments in the message, give the path of a file, or write one with New-HxDeployment.");

    /// <summary>A new deployment file would replace a file.</summary>
    public static readonly ErrorId Exists = new("DeploymentExists", ExitCode.Refused,
        "Choose another path, or remove the file first.");

    /// <summary>The process that holds a port must not be ended from here: it is of a unit, or it is the machine's manager or this command itself.</summary>
    public static readonly ErrorId PortHolderProtected = new("PortHolderProtected", ExitCode.Refused,
        "Stop the unit that the message names, or give one of the two another port.");

    /// <summary>Another process holds the port than the one whose end was agreed to.</summary>
    public static readonly ErrorId PortHolderChanged = new("PortHolderChanged", ExitCode.Refused,
        "Look again who holds the port, and decide anew. Nothing was ended.");

    /// <summary>The process that held a port was ended, and the port is not free.</summary>
    public static readonly ErrorId PortNotReleased = new("PortNotReleased", ExitCode.VerificationFailed,
        "Something starts the process again, or it hangs in the kernel. Find what starts it, and stop that.");
}
