using System.Collections.Immutable;
using HxOps.Errors;
using HxOps.Files.Locking;
using HxOps.Reporting;
using HxOps.Restoring.Committing;
using HxOps.Restoring.Journaling;

namespace HxOps.Restoring;

/// <summary>Brings what an interrupted restore left to one of its two ends.</summary>
public sealed class RestoreRepairer(DeploymentContext context)
{
    private readonly RestoreFolder _folder = new(context);

    /// <summary>Whether a restore was interrupted and nobody has repaired it.</summary>
    public bool IsNeeded() => new RestoreCatalog(context).List().Any(restore => restore.State == RestoreState.Interrupted);

    /// <summary>What a repair would do about an interrupted restore, in one line.</summary>
    public static string Plan(RestoreInfo interrupted)
    {
        ArgumentNullException.ThrowIfNull(interrupted);
        return interrupted.RepairEnd == RestoreEnd.Checkpoint
            ? $"finish {interrupted.Id}: every path becomes as {interrupted.Checkpoint} says{(interrupted.Outcome == RestoreOutcome.RestoredUnproven ? "; the gate had not spoken yet" : "")}"
            : $"take {interrupted.Id} back: every path becomes as it was before";
    }

    /// <summary>Repairs every interrupted restore; empty when there was none.</summary>
    /// <param name="events">Steps and warnings.</param>
    /// <param name="cancellation">Stops between two repairs; one that has begun is brought to its end.</param>
    /// <exception cref="HxException">The deployment is locked; or a path is neither as before nor as after.</exception>
    public async Task<ImmutableArray<RestoreInfo>> RepairAsync(IProgress<HxEvent> events, CancellationToken cancellation)
    {
        using var lease = DeploymentLock.Acquire(_folder.State, "repair of an interrupted restore");
        return await RepairAsync(lease, events, cancellation);
    }

    internal async Task<ImmutableArray<RestoreInfo>> RepairAsync(DeploymentLease lease, IProgress<HxEvent> events, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(lease);
        ForgetUnbegun();
        var catalog = new RestoreCatalog(context);
        var repaired = ImmutableArray.CreateBuilder<RestoreInfo>();
        foreach (var story in catalog.Open())
        {
            cancellation.ThrowIfCancellationRequested();
            var timeline = new RestoreTimeline(context.Clock, events);
            var reason = await timeline.RunAsync($"repair {story.Begun.Id}", () => EndAsync(story, events));
            repaired.Add(catalog.Describe(story.Begun.Id) with { Reason = reason });
        }

        return repaired.ToImmutable();
    }

    // Gives back why a unit is not as it should be, or null.
    private async Task<string?> EndAsync(JournalStory story, IProgress<HxEvent> events)
    {
        using var journal = RestoreJournal.Continue(_folder.Journal(story.Begun.Id), story.Length, context.Clock);
        var units = new UnitSequence(context);
        if (story.End == RestoreEnd.Checkpoint)
        {
            new RestoreCommitter(context).Finish(story.Steps, story.Folders, events);
            var astray = await TryAsync(story, () => RestartAsync(units, story), events);
            journal.Close(story.Forward, story.Changes.Count);
            return astray;
        }

        // What runs now has read files that go: it may have been started before the way back began, or by anybody since.
        var stuck = story.Phase == JournalPhase.Staging ? null : await TryAsync(story, () => StopAsync(units), events);
        new RestoreRollback(context, events).Run(story.Steps, story.Inodes, story.Folders, story.Changes.Select(change => change.HostPath));
        var down = await TryAsync(story, () => units.ReturnAsync(story.Units), events);
        journal.Close(RestoreOutcome.RolledBack, story.Changes.Count);
        return stuck ?? down;
    }

    private static async Task StopAsync(UnitSequence units) =>
        await units.StopAsync(await units.ObserveAsync(CancellationToken.None), CancellationToken.None);

    private static async Task RestartAsync(UnitSequence units, JournalStory story)
    {
        await units.ReloadAsync(CancellationToken.None);
        await units.StartAsync(story.Units, CancellationToken.None);
    }

    // A gateway that does not come up is for its operator; the files are whole, and that shall be on record.
    private static async Task<string?> TryAsync(JournalStory story, Func<Task> step, IProgress<HxEvent> events)
    {
        if (story.Units.IsEmpty)
            return null;

        try
        {
            await step();
            return null;
        }
        catch (HxException failure)
        {
            events.Report(new WarningEvent(failure.Id.Name, $"{failure.Message} {failure.Remedy}", failure.Target));
            return failure.Message;
        }
    }

    private void ForgetUnbegun()
    {
        foreach (var id in _folder.Ids().Where(id => JournalSummary.Read(_folder, id) is null).ToList())
            _folder.Forget(id);
    }
}
