using System.Globalization;
using HxOps.Files;
using HxOps.Gateway;

namespace HxOps.Deployments.Preflight;

/// <summary>Checkpoints can be written: the folder is writable and has room.</summary>
internal sealed class BackupFolderCheck : IPreflightCheck
{
    private const string Id = "BackupFolder";
    private const long LeastFreeBytes = 256L << 20;

    /// <inheritdoc/>
    public string Subject => "backup folder";

    /// <inheritdoc/>
    public Task<PreflightResult> LookAsync(DeploymentContext context, CancellationToken cancellation) => Task.FromResult(Look(context));

    private static PreflightResult Look(DeploymentContext context)
    {
        var folder = context.Deployment.Backups.Folder;
        var nearest = PathAccess.NearestExisting(context.Root.Locate(folder));
        if (!PathAccess.CanMakeFilesIn(nearest))
        {
            return new PreflightResult(Id, Verdict.Unhealthy, $"{context.Root.HostPathOf(nearest)} is not writable for this user", "Run the command as root, or give this user the folder.");
        }

        var free = new DriveInfo(nearest).AvailableFreeSpace;
        var room = string.Create(CultureInfo.InvariantCulture, $"{free / 1e6:N0} MB free");
        var evidence = nearest == context.Root.Locate(folder) ? $"{folder} is writable, {room}" : $"{folder} will be made, {room}";
        return free >= LeastFreeBytes
            ? new PreflightResult(Id, Verdict.Healthy, evidence, "")
            : new PreflightResult(Id, Verdict.Unhealthy, evidence, "Free some space, or keep fewer checkpoints with Remove-HxCheckpoint.");
    }
}
