namespace HxOps.Deployments;

/// <summary>What is wanted of a new deployment file.</summary>
/// <param name="Path">The local path to write.</param>
/// <param name="Name">Name of the deployment.</param>
/// <param name="Root">The folder that the gateway lies in, a host path.</param>
public sealed record DeploymentDraft(string Path, string Name, string Root)
{
    /// <summary>What would be done, as lines of text.</summary>
    public IEnumerable<string> Describe() => [$"write {Path}", $"a deployment called {Name} in {Root}"];
}
