using HxOps.Errors;

namespace HxOps.Deployments;

/// <summary>Failures of finding and reading deployment files.</summary>
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
}
