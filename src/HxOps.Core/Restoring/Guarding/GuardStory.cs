using HxOps.Errors;
using HxOps.Restoring.Journaling;

namespace HxOps.Restoring.Guarding;

/// <summary>What the journal of a guard tells.</summary>
/// <param name="ByUtc">Until when the restore has to be confirmed.</param>
/// <param name="LeavesUnits">Whether the undo leaves the units alone, as the restore did.</param>
internal sealed record GuardStory(DateTimeOffset ByUtc, bool LeavesUnits)
{
    /// <summary>The time that the operator has, from the note on.</summary>
    internal required TimeSpan Within { get; init; }

    /// <summary>Whether the time passed, and the guard began to undo the restore.</summary>
    internal bool HasFired { get; init; }

    /// <summary>Whether it has nothing to do any more.</summary>
    internal bool HasEnded { get; init; }

    /// <summary>Whether the operator gave his word.</summary>
    internal bool IsConfirmed { get; init; }

    /// <summary>Reads it; null when there is none. A damaged one, which tells neither a time nor a word, is in nobody's way.</summary>
    internal static GuardStory? Read(string path)
    {
        try
        {
            return File.Exists(path) ? JournalReader.Read(path).Records.Aggregate((GuardStory?)null, Add) : null;
        }
        catch (HxException damage) when (damage.Id == RestoreErrors.JournalDamaged)
        {
            return null;
        }
    }

    private static GuardStory? Add(GuardStory? story, JournalRecord record) => record switch
    {
        GuardSet set => new GuardStory(set.ByUtc, set.LeavesUnits) { Within = set.ByUtc - set.AtUtc },
        GuardFired => story is null ? null : story with { HasFired = true },
        GuardEnded ended => story is null ? null : story with { HasEnded = true, IsConfirmed = ended.IsConfirmed },
        _ => story,
    };

    /// <summary>Whether a restore waits for a word.</summary>
    /// <param name="guard">Its guard, or null.</param>
    /// <param name="state">Where it stands.</param>
    /// <param name="wasUndone">Whether it was undone once; who brings it back after that has given his word.</param>
    internal static RestoreConfirmation Confirmation(GuardStory? guard, RestoreState state, bool wasUndone)
    {
        if (guard is null or { HasEnded: true, IsConfirmed: false, HasFired: false })
            return RestoreConfirmation.None;

        if (guard.IsConfirmed)
            return RestoreConfirmation.Confirmed;

        var stands = state is RestoreState.Running or RestoreState.Interrupted or RestoreState.Restored;
        return stands && !guard.HasEnded && !wasUndone ? RestoreConfirmation.Awaited
            : guard.HasFired ? RestoreConfirmation.Missed
            : RestoreConfirmation.None;
    }
}
