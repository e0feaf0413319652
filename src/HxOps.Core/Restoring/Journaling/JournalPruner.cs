using HxOps.Checkpoints;

namespace HxOps.Restoring.Journaling;

/// <summary>Removes journals that nobody can use any more: of restores that have ended and whose safety checkpoint is gone, so that nothing of them can be undone.</summary>
internal sealed class JournalPruner(DeploymentContext context)
{
    private readonly RestoreFolder _folder = new(context);

    /// <summary>Removes them, the oldest first. The lock of the deployment is held.</summary>
    internal void Prune()
    {
        var kept = new HashSet<string>(StringComparer.Ordinal);
        foreach (var restore in new RestoreCatalog(context).Summaries().Reverse())
        {
            // That one undoes another counts for as long as the other is listed.
            if (IsUseless(restore) && !kept.Contains(restore.Begun!.Undoes ?? ""))
                _folder.Forget(restore.Id);
            else
                kept.Add(restore.Id);
        }
    }

    private bool IsUseless(JournalSummary restore) => restore is { Closed: not null, Begun.SafetyCheckpoint: var safety }
        && !File.Exists(Path.Combine(context.Root.Locate(context.Deployment.Backups.Folder), safety + CheckpointName.Ending));
}
