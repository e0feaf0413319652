using HxOps.Errors;
using HxOps.Restoring.Guarding;

namespace HxOps.Restoring.Journaling;

/// <summary>A restore as a listing needs it. One that has ended is told by the two ends of its journal, however long that is.</summary>
internal sealed record JournalSummary
{
    internal required string Id { get; init; }

    /// <summary>The first record; null when it is damaged, in the journal of a restore that has ended all the same.</summary>
    internal required RestoreBegun? Begun { get; init; }

    /// <summary>The last record; null when something is left to do.</summary>
    internal required RestoreClosed? Closed { get; init; }

    internal required int Changed { get; init; }

    /// <summary>The whole story of a restore that has not ended; else null.</summary>
    internal JournalStory? Open { get; init; }

    /// <summary>What its guard has noted; null when it has none.</summary>
    internal GuardStory? Guard { get; init; }

    /// <summary>Whether the restore stands, as far as it itself is concerned.</summary>
    internal bool Stands => Closed is { Outcome: RestoreOutcome.Restored or RestoreOutcome.RestoredUnproven };

    /// <summary>Reads it; null when the process died before the first record was whole, so that nothing had begun.</summary>
    /// <exception cref="HxException">RestoreJournalDamaged: the restore has not ended, and what is left to do cannot be told.</exception>
    internal static JournalSummary? Read(RestoreFolder folder, string id)
    {
        try
        {
            return File.Exists(folder.Journal(id)) ? ReadPresent(folder, id) : null;
        }
        catch (HxException gone) when (gone.Id == CommonErrors.PathNotFound)
        {
            return null; // It was forgotten meanwhile.
        }
    }

    private static JournalSummary? ReadPresent(RestoreFolder folder, string id)
    {
        var path = folder.Journal(id);

        var (first, last) = JournalReader.ReadEnds(path);
        if (last is RestoreClosed closed)
            return new JournalSummary { Id = id, Begun = first as RestoreBegun, Closed = closed, Changed = closed.Changed, Guard = GuardStory.Read(folder.GuardJournal(id)) };

        return JournalStory.Read(path) is not { } story ? null : new JournalSummary
        {
            Id = id,
            Begun = story.Begun,
            Closed = story.Closed,
            Changed = story.Changes.Count,
            Open = story.Closed is null ? story : null,
            Guard = GuardStory.Read(folder.GuardJournal(id)),
        };
    }
}
