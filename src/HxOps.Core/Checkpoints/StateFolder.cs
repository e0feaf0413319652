using HxOps.Files;

namespace HxOps.Checkpoints;

/// <summary>The folder beside the checkpoints that holds what HxOps knows about them: lock, index, annotations, restores.</summary>
public static class StateFolder
{
    private const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Its local path.</summary>
    public static string Of(DeploymentContext context) => Path.Combine(context.Root.Locate(context.Deployment.Backups.Folder), ".hxops");

    /// <summary>Makes it when it is missing.</summary>
    internal static void Make(DeploymentContext context) => FolderSync.Create(Of(context), Mode);
}
