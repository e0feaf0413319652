using HxOps.Checkpoints.Sources;
using HxOps.Deployments;

namespace HxOps.Restoring.Planning;

/// <summary>Tells which source of a deployment a host path may be restored by. What no source covers is never written to, whatever an archive says.</summary>
internal sealed class SourceCoverage(Deployment deployment)
{
    private readonly ManagedPaths _paths = new(deployment);
    private readonly string _backups = deployment.Backups.Folder.TrimEnd('/');

    /// <summary>The component of that name, or null.</summary>
    internal Component? Component(string name) => deployment.Components.FirstOrDefault(component => component.Name == name);

    /// <summary>The source that covers a path, or null.</summary>
    internal FileSource? Find(string component, string hostPath) =>
        IsPlain(hostPath) && !IsWithin(hostPath, _backups) ? _paths.Find(component, hostPath)?.Source : null;

    private static bool IsPlain(string path) =>
        path.Length > 1 && path[0] == '/' && !path.AsSpan().ContainsAnyInRange('\0', '\u001f')
        && path[1..].Split('/').All(segment => segment is not ("" or "." or ".."));

    private static bool IsWithin(string path, string folder) =>
        path == folder || path.StartsWith(folder + "/", StringComparison.Ordinal);
}
