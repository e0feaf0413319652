using HxOps.Files;
using HxOps.Files.Accounts;
using HxOps.Files.Metadata;
using HxOps.Files.Native;
using HxOps.Reporting;

namespace HxOps.Restoring.Committing;

/// <summary>
/// Takes the steps of a commit back, however many of them were done: for each it looks by their inodes where the staged entry and the old
/// one are. What somebody else has put in their place is kept beside. Can be interrupted and begun again.
/// </summary>
internal sealed class RestoreRollback(DeploymentContext context, IProgress<HxEvent> events)
{
    private readonly MetadataWriter _metadata = new(new MetadataReader(new AccountDirectory()));

    /// <summary>Brings every path back to what it was, and removes what was staged.</summary>
    /// <param name="steps">The steps of the commit, in its order.</param>
    /// <param name="inodes">The inodes of the staged entries, by step; empty when no step can have been done.</param>
    /// <param name="folders">The folders whose times the steps moved.</param>
    /// <param name="changed">The host paths that the restore has changed: whatever else lies in a folder that it made is somebody else's.</param>
    /// <exception cref="Errors.HxException">A step could not be taken back; nothing was removed.</exception>
    internal void Run(IReadOnlyList<CommitStep> steps, IReadOnlyList<ulong> inodes, IReadOnlyCollection<FolderTime> folders, IEnumerable<string> changed)
    {
        var made = changed.ToHashSet(StringComparer.Ordinal);
        var isStaged = inodes.Count == steps.Count;
        if (isStaged)
        {
            for (var index = steps.Count - 1; index >= 0; index--)
                TakeBack(steps[index], inodes[index]);

            new RestoreCommitter(context).Flush(steps);
        }

        for (var index = 0; index < steps.Count; index++)
            RemoveStaged(steps[index], isStaged ? inodes[index] : null, made);

        foreach (var folder in folders)
            SetTime(folder);
    }

    private void TakeBack(CommitStep step, ulong staged)
    {
        var target = context.Root.Locate(step.HostPath);
        var aside = step.Staged is null ? "" : context.Root.Locate(step.Staged);
        var (there, beside) = (InodeOf(target), step.Staged is null ? null : InodeOf(aside));
        switch (step.Kind)
        {
            case CommitStepKind.Metadata when there is null || (step.Old is { } old && there != old):
                Tell(step, $"Somebody has replaced or removed {step.HostPath} since; it is left as it is.");
                break;
            case CommitStepKind.Metadata:
                _metadata.Apply(target, step.Before!);
                break;
            case CommitStepKind.Place when there == staged:
                EntryRenamer.Move(target, aside);
                break;
            case CommitStepKind.Place when beside is null && there is not null:
                EntryRenamer.Move(target, aside);
                TellKept(step);
                break;
            case CommitStepKind.Exchange when there == staged:
                EntryRenamer.Exchange(target, aside);
                break;
            case CommitStepKind.Exchange or CommitStepKind.Remove when IsOld(step, beside, staged) && there is null:
                EntryRenamer.Move(aside, target);
                break;
            case CommitStepKind.Exchange or CommitStepKind.Remove when IsOld(step, beside, staged):
                EntryRenamer.Exchange(target, aside);
                TellKept(step);
                break;
            default:
                if (beside is not null && beside != staged)
                    TellKept(step); // By an earlier way back that was interrupted.
                break;
        }
    }

    // Of two entries the staged one is known by its inode, so in a journal that does not name the old one it is the other.
    private static bool IsOld(CommitStep step, ulong? beside, ulong staged) => beside is not null && (step.Old is { } old ? beside == old : beside != staged);

    private void RemoveStaged(CommitStep step, ulong? inode, HashSet<string> made)
    {
        if (step.Kind is not (CommitStepKind.Place or CommitStepKind.Exchange))
            return;

        var aside = context.Root.Locate(step.Staged!);
        if (inode is null)
            TreeRemover.Remove(aside); // It never was in place.
        else if (InodeOf(aside) == inode && StrangerIn(step, aside, made) is { } stranger)
            Tell(step, $"Somebody has put {PrintableText.Of(stranger)} into {step.HostPath}, which this restore had made; all of it is kept as {step.Staged}.");
        else if (InodeOf(aside) == inode)
            TreeRemover.Remove(aside);
    }

    // A gateway that did not pass its gate may have written the very log that tells why.
    private static string? StrangerIn(CommitStep step, string aside, HashSet<string> made)
    {
        if (!Posix.TryStat(aside, out var stat) || stat.Kind != FileKind.Directory)
            return null;

        try
        {
            return FolderContent.Of(aside, step.HostPath, (ref entry) => !entry.IsDirectory || entry.Attributes.HasFlag(FileAttributes.ReparsePoint))
                .FirstOrDefault(hostPath => !made.Contains(hostPath));
        }
        catch (Exception failure) when (FileFailure.IsOne(failure))
        {
            throw FileFailure.Translate(failure, step.HostPath, "look into");
        }
    }

    private void SetTime(FolderTime folder)
    {
        if (Posix.SetModified(context.Root.Locate(folder.HostPath.Length == 0 ? "/" : folder.HostPath), folder.Before) < 0 && Posix.LastError != Posix.ENOENT)
            throw FileFailure.FromErrno(Posix.LastError, folder.HostPath, "set the time of");
    }

    private void TellKept(CommitStep step) => Tell(step, step.Kind == CommitStepKind.Place
        ? $"Somebody has replaced {step.HostPath}, which was not there before, since; theirs is kept as {step.Staged}."
        : $"Somebody has replaced {step.HostPath} since; the one before is back, and theirs is kept as {step.Staged}.");

    private void Tell(CommitStep step, string text) => events.Report(new WarningEvent("RestoreMetStranger", text, step.HostPath));

    private static ulong? InodeOf(string path) => Posix.TryStat(path, out var stat) ? stat.Inode : null;
}
