using HxOps.Errors;
using HxOps.Files;

namespace HxOps.Restoring;

/// <summary>
/// Takes the steps of a commit back, however many of them were done: for each it looks where the staged entry is, by its inode. Can be
/// interrupted and begun again.
/// </summary>
internal sealed class RestoreRollback(DeploymentContext context)
{
    private readonly MetadataWriter _metadata = new(new MetadataReader(new AccountDirectory()));

    /// <summary>Brings every path back to what it was, and removes what was staged.</summary>
    /// <param name="steps">The steps of the commit, in its order.</param>
    /// <param name="inodes">The inodes of the staged entries, by step; empty when no step can have been done.</param>
    /// <param name="folders">The folders whose times the steps moved.</param>
    /// <exception cref="HxException">A path is neither as before nor as after; nothing of it was removed.</exception>
    internal void Run(IReadOnlyList<CommitStep> steps, IReadOnlyList<ulong> inodes, IReadOnlyCollection<FolderTime> folders)
    {
        if (inodes.Count == steps.Count)
        {
            for (var index = steps.Count - 1; index >= 0; index--)
                TakeBack(steps[index], inodes[index]);

            new RestoreCommitter(context).Flush(steps);
        }

        RestoreStager.Remove(context, steps);
        foreach (var folder in folders)
        {
            if (Posix.SetModified(context.Root.Locate(folder.HostPath.Length == 0 ? "/" : folder.HostPath), folder.Before) < 0)
                throw FileFailure.FromErrno(Posix.LastError, folder.HostPath, "set the time of");
        }
    }

    private void TakeBack(CommitStep step, ulong staged)
    {
        var target = context.Root.Locate(step.HostPath);
        var aside = step.Staged is null ? "" : context.Root.Locate(step.Staged);
        switch (step.Kind)
        {
            case CommitStepKind.Place when InodeOf(target) == staged:
                EntryRenamer.Move(target, aside);
                break;
            case CommitStepKind.Exchange when InodeOf(target) == staged:
                EntryRenamer.Exchange(target, aside);
                break;
            case CommitStepKind.Exchange when InodeOf(aside) is { } other && other != staged:
                throw Strange(step);
            case CommitStepKind.Remove when InodeOf(aside) is not null:
                EntryRenamer.Move(aside, target);
                break;
            case CommitStepKind.Metadata:
                _metadata.Apply(target, step.Before!);
                break;
        }
    }

    private static HxException Strange(CommitStep step) => new(RestoreErrors.RollbackFailed, step.HostPath,
        $"{step.HostPath} is neither the old nor the new one: somebody else has changed it. The old one is kept as {step.Staged}.");

    private static ulong? InodeOf(string path) => Posix.TryStat(path, out var stat) ? stat.Inode : null;
}
