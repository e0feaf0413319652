using System.Diagnostics;
using HxOps.Checkpoints.Keeping;
using HxOps.Checkpoints.Proving;
using HxOps.Errors;
using HxOps.Files;
using HxOps.Files.Locking;
using HxOps.Files.Native;
using HxOps.Reporting;

namespace HxOps.Checkpoints.Copying;

/// <summary>Copies checkpoints to folders and other hosts.</summary>
public sealed class CheckpointCopier(DeploymentContext context)
{
    /// <summary>
    /// Proves the archive, brings it over under a temporary name (going on where an earlier attempt stopped), hashes it there, and only
    /// then gives it its name. A copy of a checkpoint of the backup folder is remembered, so that retention knows of it.
    /// </summary>
    /// <exception cref="HxException">One of the archive errors, of <see cref="CopyErrors"/>, <see cref="Tools.ToolErrors.HostUnreachable"/>,
    /// or a failure to write there.</exception>
    /// <exception cref="OperationCanceledException">Stopped; what has arrived stays under its temporary name.</exception>
    public async Task<CheckpointCopy> CopyAsync(CheckpointInfo checkpoint, CopyDestination destination, IProgress<HxEvent> events, CancellationToken cancellation)
    {
        var begun = Stopwatch.GetTimestamp();
        RefuseSameFile(checkpoint, destination);
        await new CheckpointReader(context).VerifyAsync(checkpoint, events, cancellation);
        var sha256 = await Task.Run(() => ContentHasher.Hash(checkpoint.Path).Sha256, cancellation);
        var names = CopyNames.Of(checkpoint.Path, sha256);
        var place = destination.Open();

        var remains = await place.LookAsync(names, cancellation);
        if (remains.Sha256 is not null && remains.Sha256 != sha256)
            throw new HxException(CopyErrors.NameTaken, destination.ToString(), $"{destination}/{names.Final} exists and is another file.");
        if (remains.Sha256 is null)
            await BringAsync(place, checkpoint.Path, names, sha256, remains.PartBytes, cancellation);

        Remember(checkpoint, destination);
        return new CheckpointCopy
        {
            Id = checkpoint.Id,
            Destination = destination.ToString(),
            Path = $"{destination.Folder.TrimEnd('/')}/{names.Final}",
            Outcome = remains.Sha256 is null ? CopyOutcome.Copied : CopyOutcome.AlreadyThere,
            SizeBytes = checkpoint.SizeBytes,
            ResumedBytes = remains.Sha256 is null ? remains.PartBytes : 0,
            Sha256 = sha256,
            Elapsed = Stopwatch.GetElapsedTime(begun),
        };
    }

    // It would be found there whole, and count as the copy that lets retention remove the only one.
    private static void RefuseSameFile(CheckpointInfo checkpoint, CopyDestination destination)
    {
        if (destination.Host is null && Posix.TryStat(Path.Combine(destination.Folder, Path.GetFileName(checkpoint.Path)), out var there)
            && there.Identity == CheckpointFile.Identify(checkpoint.Path).File)
            throw new HxException(CopyErrors.SameFile, destination.ToString(), $"{checkpoint.Id} itself lies in {destination}.");
    }

    private static async Task BringAsync(ICopyPlace place, string archive, CopyNames names, string sha256, long offset, CancellationToken cancellation)
    {
        await place.SendAsync(archive, names, offset, cancellation);
        if (await place.HashAsync(names, cancellation) != sha256)
        {
            // What an earlier attempt left may have been torn; a second attempt starts from nothing.
            await place.DiscardAsync(names, cancellation);
            await place.SendAsync(archive, names, 0, cancellation);
            if (await place.HashAsync(names, cancellation) != sha256)
            {
                await place.DiscardAsync(names, cancellation);
                throw new HxException(CopyErrors.Damaged, names.Final, $"{names.Final} did not arrive as it was sent.");
            }
        }

        await place.CommitAsync(names, cancellation);
    }

    private void Remember(CheckpointInfo checkpoint, CopyDestination destination)
    {
        if (Path.GetDirectoryName(Path.GetFullPath(checkpoint.Path)) != context.Root.Locate(context.Deployment.Backups.Folder) || checkpoint.Copies.Contains(destination.ToString()))
            return;

        using var lease = DeploymentLock.Acquire(context.StateFolder, "remembering a copy");
        new CheckpointAnnotator(context).RememberCopy(checkpoint, destination.ToString(), lease);
    }
}
