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
    /// <exception cref="HxException">RestoreNotFound; or the undo failed again and again.</exception>
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
        for (var failures = 0; ;)
        {
            var look = _folder.Look();
            if (Find(id) is not { Confirmation: RestoreConfirmation.Awaited } restore)
                return;

            if (context.Clock.GetUtcNow() < restore.ConfirmByUtc)
                await ChangeAsync(look, restore.ConfirmByUtc.Value, cancellation);
            else
                failures = await TryAsync(id, failures, events, cancellation);
        }
    }

    // Until somebody writes a journal, or the time has come.
    private async Task ChangeAsync(int look, DateTimeOffset deadline, CancellationToken cancellation)
    {
        while (_folder.Look() == look && deadline - context.Clock.GetUtcNow() is { Ticks: > 0 } left)
            await Task.Delay(left < Pause ? left : Pause, context.Clock, cancellation);
    }

    private async Task<int> TryAsync(string id, int failures, IProgress<HxEvent> events, CancellationToken cancellation)
    {
        try
        {
            await UndoAsync(id, events);
            return failures;
        }
        catch (HxException held) when (held.Id == DeploymentLock.Held)
        {
            // The restore itself, a repair or the operator's own undo or word: what comes of it decides.
            await Task.Delay(Pause, context.Clock, cancellation);
            return failures;
        }
        catch (HxException failure) when (failures + 1 < MostTries)
        {
            events.Report(new WarningEvent(GuardErrors.UndoFailed.Name, $"{failure.Message} The guard tries again.", id));
            await Task.Delay(Pause * (1 << failures), context.Clock, cancellation);
            return failures + 1;
        }
    }

    // As a compensation it is not cancelled: a signal at this moment must not bring back what nobody has confirmed.
    private async Task UndoAsync(string id, IProgress<HxEvent> events)
    {
        using var lease = DeploymentLock.Acquire(_folder.State, $"guard of {id}");
        await new RestoreRepairer(context).RepairAsync(lease, events, CancellationToken.None);
        if (Find(id) is not { Confirmation: RestoreConfirmation.Awaited } restore || context.Clock.GetUtcNow() < restore.ConfirmByUtc)
            return;

        new GuardLedger(context).NoteFired(id);
        var outcome = "Failed";
        try
        {
            var plan = await new RestorePlanner(context).PlanUndoAsync(id, OptionsFor(id), events, CancellationToken.None);
            var result = await new RestoreRunner(context).RunAsync(plan, lease, events, CancellationToken.None);
            outcome = result.Outcome.ToString();
            RequireDone(id, result, events);
        }
        finally
        {
            await new AuditLog(context).WriteAsync(new AuditNote("restore guard", id, outcome, $"not confirmed by {GuardLimits.Words(restore.ConfirmByUtc!.Value)}"), events);
        }
    }

    private void RequireDone(string id, RestoreResult undo, IProgress<HxEvent> events)
    {
        if (IsAwaited(Find(id)))
            throw new HxException(GuardErrors.UndoFailed, id, $"The undo of {id} ended as {undo.Outcome}. {undo.Reason}".Trim());

        if (undo.Reason is { } reason)
            events.Report(new WarningEvent(RestoreOutcomeErrors.Unproven.Name, $"{id} is undone. {reason}", id));
    }

    // The files of before come back even when a unit does not start with them: that is how it was.
    private RestoreOptions OptionsFor(string id)
    {
        var leavesUnits = GuardStory.Read(_folder.GuardJournal(id)) is { LeavesUnits: true };
        return new RestoreOptions
        {
            Switches = RestoreSwitches.NoGate | RestoreSwitches.NoRollback | (leavesUnits ? RestoreSwitches.NoServices : 0),
        };
    }

    private RestoreInfo? Find(string id) => new RestoreCatalog(context).List().FirstOrDefault(restore => restore.Id == id);

    private static bool IsAwaited(RestoreInfo? restore) => restore is { Confirmation: RestoreConfirmation.Awaited };
}
