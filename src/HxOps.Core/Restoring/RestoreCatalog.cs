using System.Collections.Immutable;
using HxOps.Errors;
using HxOps.Files;

namespace HxOps.Restoring;

/// <summary>Knows the restores that were made.</summary>
public sealed class RestoreCatalog(DeploymentContext context)
{
    private readonly RestoreFolder _folder = new(context);

    /// <summary>All restores, newest first.</summary>
    /// <exception cref="HxException">The folder of the journals cannot be read, or a journal is damaged.</exception>
    public ImmutableArray<RestoreInfo> List()
    {
        var stories = Stories();
        var undone = Undone(stories);
        return [.. stories.Select(story => Describe(story, undone))];
    }

    /// <summary>The restores that were begun and neither ended nor repaired, oldest first.</summary>
    internal ImmutableArray<JournalStory> Open() => [.. Stories().Where(story => story.Closed is null).Reverse()];

    /// <summary>One restore as a listing shows it.</summary>
    internal RestoreInfo Describe(string id) => List().First(info => info.Id == id);

    /// <summary>A restore that stands; null id means the newest.</summary>
    internal JournalStory FindUndoable(string? id)
    {
        var stories = Stories();
        var undone = Undone(stories);
        if (string.IsNullOrEmpty(id))
        {
            return stories.Find(story => StateOf(story, undone) == RestoreState.Restored)
                ?? throw new HxException(RestoreErrors.NotFound, context.Deployment.Name, "There is no restore to undo.");
        }

        var found = stories.Find(story => story.Begun.Id == id) ?? throw new HxException(RestoreErrors.NotFound, id, $"There is no restore {id}.");
        var state = StateOf(found, undone);
        return state == RestoreState.Restored ? found
            : throw new HxException(RestoreErrors.NotUndoable, id, $"The restore {id} is {state.ToString().ToLowerInvariant()}; there is nothing of it to undo.");
    }

    private List<JournalStory> Stories() => [.. _folder.Ids().Select(id => JournalStory.Read(_folder.Journal(id))).OfType<JournalStory>()];

    // An undo that was itself undone no longer counts: newest first, each decides about an older one.
    private static HashSet<string> Undone(List<JournalStory> stories)
    {
        var undone = new HashSet<string>(StringComparer.Ordinal);
        foreach (var story in stories)
        {
            if (story.Begun.Undoes is { } older && story.Closed is { Outcome: RestoreOutcome.Restored or RestoreOutcome.RestoredUnproven } && !undone.Contains(story.Begun.Id))
                undone.Add(older);
        }

        return undone;
    }

    private RestoreInfo Describe(JournalStory story, HashSet<string> undone) => Describe(story, StateOf(story, undone));

    private static RestoreInfo Describe(JournalStory story, RestoreState state) => new()
    {
        Id = story.Begun.Id,
        Checkpoint = story.Begun.Checkpoint,
        SafetyCheckpoint = story.Begun.SafetyCheckpoint,
        State = state,
        StartedUtc = story.Begun.AtUtc,
        EndedUtc = story.Closed?.AtUtc,
        Changed = story.Changes.Count,
        RepairEnd = state == RestoreState.Interrupted ? story.End : null,
    };

    private RestoreState StateOf(JournalStory story, HashSet<string> undone) => story.Closed switch
    {
        null => DeploymentLock.Holder(_folder.State) is { } holder && holder.ProcessId == story.Begun.Holder.ProcessId && holder.ProcessStart == story.Begun.Holder.ProcessStart
            ? RestoreState.Running
            : RestoreState.Interrupted,
        { Outcome: RestoreOutcome.RolledBack } => RestoreState.RolledBack,
        _ => undone.Contains(story.Begun.Id) ? RestoreState.Undone : RestoreState.Restored,
    };
}
