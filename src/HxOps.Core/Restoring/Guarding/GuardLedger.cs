using HxOps.Errors;
using HxOps.Reporting;
using HxOps.Restoring.Journaling;

namespace HxOps.Restoring.Guarding;

/// <summary>Writes the journal of a guard, beside that of its restore. Only for who holds the deployment's lock.</summary>
internal sealed class GuardLedger(DeploymentContext context)
{
    private readonly RestoreFolder _folder = new(context);

    /// <summary>Notes until when the restore has to be confirmed; gives that moment back.</summary>
    internal DateTimeOffset NoteSet(string id, TimeSpan within, bool leavesUnits)
    {
        var now = context.Clock.GetUtcNow();
        Append(id, _ => new GuardSet(now + within, leavesUnits) { AtUtc = now });
        return now + within;
    }

    /// <summary>Notes that the guard begins to undo the restore.</summary>
    internal void NoteFired(string id) => Append(id, now => new GuardFired { AtUtc = now });

    /// <summary>Notes that the guard has nothing to do any more, and cancels what would wake it. A restore without one is left as it is.</summary>
    /// <exception cref="HxException">The journal cannot be written; the guard goes on.</exception>
    internal async Task EndAsync(string id, bool isConfirmed, IProgress<HxEvent> events)
    {
        if (GuardStory.Read(_folder.GuardJournal(id)) is not { HasEnded: false })
            return;

        Append(id, now => new GuardEnded(isConfirmed) { AtUtc = now });
        try
        {
            await GuardKeeperSelector.For(context).CancelAsync(id, CancellationToken.None);
        }
        catch (HxException failure)
        {
            events.Report(new WarningEvent("GuardNotCancelled", $"The guard of {id} wakes once more, and does nothing then: {failure.Message}", id));
        }
    }

    private void Append(string id, Func<DateTimeOffset, JournalRecord> record)
    {
        var path = _folder.GuardJournal(id);
        using var journal = File.Exists(path) ? RestoreJournal.Continue(path, JournalReader.Read(path).Length, context.Clock) : RestoreJournal.Create(path, context.Clock);
        journal.Append(record(journal.Now));
    }
}
