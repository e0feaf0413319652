using System.Collections.Immutable;
using HxOps.Files;

namespace HxOps.Deployments;

/// <summary>Finds deployment files: by path, by name, by <c>HXOPS_DEPLOYMENT</c>, at <c>/etc/hxops/deployment.yaml</c>, or the shipped one.</summary>
public sealed class DeploymentLocator(HostRoot root, string shippedFolder, Func<string, string?> environment)
{
    /// <summary>The local path of the file to use.</summary>
    /// <param name="nameOrPath">What the user gave; null or empty looks further as the summary says.</param>
    public string Find(string? nameOrPath) => throw new NotImplementedException(nameOrPath + root + shippedFolder + environment);

    /// <summary>The local paths of every deployment file that can be named.</summary>
    public ImmutableArray<string> List() => throw new NotImplementedException(root + shippedFolder + environment);
}
