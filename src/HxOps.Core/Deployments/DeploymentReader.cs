using HxOps.Formats;

namespace HxOps.Deployments;

/// <summary>Reads a deployment file strictly.</summary>
public sealed class DeploymentReader(IYamlReader yaml, Func<string, string?> environment)
{
    /// <summary>Reads a deployment from a local file.</summary>
    /// <exception cref="Errors.HxException">DeploymentInvalid with file, line and column; the nearest known key for an unknown one.</exception>
    public Deployment Read(string path) => throw new NotImplementedException(path + yaml + environment);
}
