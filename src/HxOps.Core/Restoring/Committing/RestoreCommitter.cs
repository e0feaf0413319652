using HxOps.Errors;
using HxOps.Files;
using HxOps.Files.Accounts;
using HxOps.Files.Metadata;
using HxOps.Files.Native;
using HxOps.Reporting;

namespace HxOps.Restoring.Committing;

/// <summary>Brings staged entries into place, each in one indivisible step of the file system.</summary>
internal sealed class RestoreCommitter(DeploymentContext context)
{
    private const string Activity = "Bringing files into place";

    private readonly MetadataWriter _metadata = new(new MetadataReader(new AccountDirectory()));

    /// <summary>Carries all steps out and makes them durable.</summary>
    /// <exception cref="HxException">A step failed; those before it stand, and the journal can take them back.</exception>
    internal void Commit(StagePlan plan, IProgress<HxEvent> events, CancellationToken cancellation)
    {
        for (var index = 0; index < plan.Steps.Length; index++)
        {
            cancellation.ThrowIfCancellationRequested();
            Carry(plan.Steps[index]);
            events.Report(new ProgressEvent(Activity, plan.Steps[index].HostPath, index + 1, plan.Steps.Length, ProgressUnit.Items));
        }

        events.Report(new ProgressFinishedEvent(Activity));
        SetFolderTimes(plan.Folders);
        Flush(plan.Steps);
    }

    /// <summary>
    /// Removes what the steps have put aside. Only when nobody will want it back: what somebody put in the place of a path at the last moment,
    /// so that no checkpoint has it, is kept.
    /// </summary>
    internal void Finish(IEnumerable<CommitStep> steps, IReadOnlyCollection<FolderTime> folders, IProgress<HxEvent> events)
    {
        foreach (var step in steps.Where(step => step.Kind is CommitStepKind.Exchange or CommitStepKind.Remove))
        {
            var aside = context.Root.Locate(step.Staged!);
            if (step.Old is { } old && Posix.TryStat(aside, out var found) && found.Inode != old)
                events.Report(new WarningEvent("RestoreMetStranger", $"Somebody has replaced {step.HostPath} just before it was restored; theirs is kept as {step.Staged}.", step.HostPath));
            else
                TreeRemover.Remove(aside);
        }

        SetFolderTimes(folders);
    }

    /// <summary>Makes the names durable.</summary>
    internal void Flush(IEnumerable<CommitStep> steps) =>
        DiskSync.FlushFileSystems(steps.Select(step => Path.GetDirectoryName(context.Root.Locate(step.HostPath)) ?? "/").Distinct(StringComparer.Ordinal).Where(Directory.Exists));

    private void Carry(CommitStep step)
    {
        var local = context.Root.Locate(step.HostPath);
        switch (step.Kind)
        {
            case CommitStepKind.Place:
                EntryRenamer.Move(context.Root.Locate(step.Staged!), local);
                break;
            case CommitStepKind.Exchange:
                EntryRenamer.Exchange(context.Root.Locate(step.Staged!), local);
                break;
            case CommitStepKind.Remove:
                EntryRenamer.Move(local, context.Root.Locate(step.Staged!));
                break;
            default:
                _metadata.Apply(local, step.After!);
                break;
        }
    }

    private void SetFolderTimes(IReadOnlyCollection<FolderTime> folders)
    {
        foreach (var folder in folders)
        {
            var local = context.Root.Locate(folder.HostPath.Length == 0 ? "/" : folder.HostPath);
            if (folder.After is { } time && Posix.SetModified(local, time) < 0)
                throw FileFailure.FromErrno(Posix.LastError, folder.HostPath, "set the time of");
        }
    }
}
