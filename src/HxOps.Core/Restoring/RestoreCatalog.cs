using System.Collections.Immutable;
using HxOps.Errors;
using HxOps.Files.Locking;
using HxOps.Restoring.Guarding;
using HxOps.Restoring.Journaling;

namespace HxOps.Restoring;

/// <summary>Knows the restores that were made.</summary>
public sealed class RestoreCatalog(DeploymentContext context)
{
    private readonly RestoreFolder _folder = new(context);

    /// <summary>All restores, newest first.</summary>
    /// <exception cref="HxException">The folder of the journals cannot be read, or the journal of a restore that has not ended is damaged.</exception>
    public ImmutableArray<RestoreInfo> List()
    {
        var restores = Summaries();
        var undone = Undone(restores);
        var once = restores.Where(IsWholeUndo).Select(restore => restore.Begun!.Undoes!).ToHashSet(StringComparer.Ordinal);
        return [.. restores.Select(restore => Describe(restore, StateOf(restore, undone), once.Contains(restore.Id)))];
    }

    /// <summary>All restores as their journals tell them, newest first.</summary>
    internal ImmutableArray<JournalSummary> Summaries() => [.. _folder.Ids().Select(id => JournalSummary.Read(_folder, id)).OfType<JournalSummary>()];

    /// <summary>The restores that were begun and neither ended nor repaired, oldest first.</summary>
    internal ImmutableArray<JournalStory> Open() => [.. Summaries().Select(restore => restore.Open).OfType<JournalStory>().Reverse()];

    /// <summary>One restore as a listing shows it.</summary>
    internal RestoreInfo Describe(string id) => List().First(info => info.Id == id);

    /// <summary>One restore as a listing shows it.</summary>
    /// <exception cref="HxException">RestoreNotFound.</exception>
    internal RestoreInfo Find(string id) => List().FirstOrDefault(info => info.Id == id) ?? throw NotFound(id);

    /// <summary>A restore that stands; null id means the newest.</summary>
    internal JournalStory FindUndoable(string? id)
    {
        var restores = Summaries();
        var undone = Undone(restores);
        if (string.IsNullOrEmpty(id))
        {
            var newest = restores.FirstOrDefault(restore => StateOf(restore, undone) == RestoreState.Restored)
                ?? throw new HxException(RestoreErrors.NotFound, context.Deployment.Name, "There is no restore to undo.");
            return Story(newest.Id);
        }

        var found = restores.FirstOrDefault(restore => restore.Id == id) ?? throw NotFound(id);
        var state = StateOf(found, undone);
        return state == RestoreState.Restored ? Story(id)
            : throw new HxException(RestoreErrors.NotUndoable, id, $"The restore {id} is {state.ToString().ToLowerInvariant()}; there is nothing of it to undo.");
    }

    private JournalStory Story(string id) => JournalStory.Read(_folder.Journal(id)) ?? throw NotFound(id);

    private static HxException NotFound(string id) => new(RestoreErrors.NotFound, id, $"There is no restore {id}.");

    // An undo that was itself undone no longer counts: newest first, each decides about an older one.
    private static HashSet<string> Undone(ImmutableArray<JournalSummary> restores)
    {
        var undone = new HashSet<string>(StringComparer.Ordinal);
        foreach (var restore in restores)
        {
            if (IsWholeUndo(restore) && !undone.Contains(restore.Id))
                undone.Add(restore.Begun!.Undoes!);
        }

        return undone;
    }

    private static bool IsWholeUndo(JournalSummary restore) => restore is { Begun.Undoes: not null, Stands: true };

    private static RestoreInfo Describe(JournalSummary restore, RestoreState state, bool wasUndone) => new()
    {
        Id = restore.Id,
        Checkpoint = restore.Begun?.Checkpoint ?? "",
        SafetyCheckpoint = restore.Begun?.SafetyCheckpoint ?? "",
        State = state,
        StartedUtc = (restore.Begun?.AtUtc ?? restore.Closed?.AtUtc) ?? default,
        EndedUtc = restore.Closed?.AtUtc,
        Changed = restore.Changed,
        Outcome = restore.Closed?.Outcome ?? (state == RestoreState.Interrupted && restore.Open?.End == RestoreEnd.Checkpoint ? restore.Open.Forward : null),
        RepairEnd = state == RestoreState.Interrupted ? restore.Open?.End : null,
        Confirmation = GuardStory.Confirmation(restore.Guard, state, wasUndone),
        ConfirmByUtc = restore.Guard?.ByUtc,
    };

    private RestoreState StateOf(JournalSummary restore, HashSet<string> undone) => restore switch
    {
        { Begun: null } => RestoreState.Damaged,
        { Closed: null, Begun.Holder: var holder } => IsAtWork(holder) ? RestoreState.Running : RestoreState.Interrupted,
        { Closed.Outcome: RestoreOutcome.RolledBack } => RestoreState.RolledBack,
        _ => undone.Contains(restore.Id) ? RestoreState.Undone : RestoreState.Restored,
    };

    private bool IsAtWork(LockHolder begun) =>
        DeploymentLock.Holder(_folder.State) is { } holder && holder.ProcessId == begun.ProcessId && holder.ProcessStart == begun.ProcessStart;
}
