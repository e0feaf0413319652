using System.Collections.Immutable;
using HxOps.Errors;
using HxOps.Evidence;
using HxOps.Files.Locking;
using HxOps.Reporting;
using HxOps.Restoring.Journaling;
using HxOps.Restoring.Planning;

namespace HxOps.Restoring.Guarding;

/// <summary>The dead man's guard: undoes a restore that nobody has confirmed in time. Needs neither the one who made it nor a secret nor the gate.</summary>
public sealed class RestoreGuard(DeploymentContext context)
{
    // The pauses between them double: four minutes in all.
    private const int MostTries = 10;

    // Between two looks at the journals; a look reads their lengths only.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    private readonly RestoreFolder _folder = new(context);

    /// <summary>Returns when no restore waits any more for its confirmation, and tells of those that did: confirmed, undone by others, or by this guard.</summary>
    /// <param name="id">The restore to guard; null or empty means every one that awaits its confirmation.</param>
    /// <param name="events">Steps and warnings.</param>
    /// <param name="cancellation">Stops the waiting; an undo that has begun is brought to its end.</param>
    /// <exception cref="HxException">RestoreNotFound; or GuardUndoFailed, when the undo failed again and again.</exception>
    public async Task<ImmutableArray<RestoreInfo>> WatchAsync(string? id, IProgress<HxEvent> events, CancellationToken cancellation)
    {
        var catalog = new RestoreCatalog(context);
        ImmutableArray<string> watched = string.IsNullOrEmpty(id)
            ? [.. catalog.List().Where(IsAwaited).OrderBy(restore => restore.ConfirmByUtc).Select(restore => restore.Id)]
            : [catalog.Find(id).Id];
        foreach (var restore in watched)
            await WatchOneAsync(restore, events, cancellation);

        return [.. catalog.List().Where(restore => watched.Contains(restore.Id))];
    }

    private async Task WatchOneAsync(string id, IProgress<HxEvent> events, CancellationToken cancellation)
    {
        var patience = new GuardPatience(context.Clock);
        for (var failures = 0; ;)
        {
            try
            {
                var look = _folder.Look();
                if (Awaited(id) is not { } guard)
                    return;

                if (patience.Left(guard) <= TimeSpan.Zero)
                {
                    await UndoAsync(id, patience, events);
                    continue;
                }

                failures = 0; // Of looks.
                await ChangeAsync(look, () => patience.Left(guard), cancellation);
            }
            catch (HxException held) when (held.Id == DeploymentLock.Held)
            {
                // The restore itself, a repair or the operator's own undo or word: what comes of it decides.
                await Task.Delay(Pause, context.Clock, cancellation);
            }
            catch (HxException failure)
            {
                // Also one to look: nobody else comes if the guard goes.
                if (++failures == MostTries)
                    throw new HxException(GuardErrors.UndoFailed, id, $"{id} is not undone: {failure.Message}", failure);

                events.Report(new WarningEvent(GuardErrors.UndoFailed.Name, $"{failure.Message} The guard tries again.", id));
                await Task.Delay(Pause * (1 << (failures - 1)), context.Clock, cancellation);
            }
        }
    }

    // Until somebody writes a journal, or the time has come.
    private async Task ChangeAsync(int look, Func<TimeSpan> patience, CancellationToken cancellation)
    {
        while (_folder.Look() == look && patience() is { Ticks: > 0 } left)
            await Task.Delay(left < Pause ? left : Pause, context.Clock, cancellation);
    }

    // As a compensation it is not cancelled: a signal at this moment must not bring back what nobody has confirmed.
    private async Task UndoAsync(string id, GuardPatience patience, IProgress<HxEvent> events)
    {
        using var lease = DeploymentLock.Acquire(_folder.State, $"guard of {id}");
        await new RestoreGround(context).ClearAsync(lease, events, CancellationToken.None);
        if (Awaited(id) is not { } guard || patience.Left(guard) > TimeSpan.Zero)
            return;

        new GuardLedger(context).NoteFired(id);
        var outcome = "Failed";
        try
        {
            var plan = await new RestorePlanner(context).PlanUndoAsync(id, OptionsOf(guard), events, CancellationToken.None);
            var result = await new RestoreRunner(context).RunAsync(plan, lease, events, CancellationToken.None);
            outcome = result.Outcome.ToString();
            RequireDone(id, result, events);
        }
        finally
        {
            await new AuditLog(context).WriteAsync(new AuditNote("restore guard", id, outcome, $"not confirmed by {Quantity.Moment(guard.ByUtc)}"), events);
        }
    }

    private void RequireDone(string id, RestoreResult undo, IProgress<HxEvent> events)
    {
        if (Awaited(id) is not null)
            throw new HxException(GuardErrors.UndoFailed, id, $"The undo of {id} ended as {undo.Outcome}. {undo.Reason}".Trim());

        if (undo.Reason is { } reason)
            events.Report(new WarningEvent(RestoreOutcomeErrors.Unproven.Name, $"{id} is undone. {reason}", id));
    }

    // The files of before come back even when a unit does not start with them: that is how it was.
    private static RestoreOptions OptionsOf(GuardStory guard) => new()
    {
        Switches = RestoreSwitches.NoGate | RestoreSwitches.NoRollback | (guard.LeavesUnits ? RestoreSwitches.NoServices : 0),
    };

    private GuardStory? Awaited(string id) =>
        new RestoreCatalog(context).List().Any(restore => restore.Id == id && IsAwaited(restore)) ? GuardStory.Read(_folder.GuardJournal(id)) : null;

    private static bool IsAwaited(RestoreInfo restore) => restore is { Confirmation: RestoreConfirmation.Awaited };
}
