using HxOps.Errors;
using HxOps.Evidence;
using HxOps.Files.Locking;
using HxOps.Reporting;
using HxOps.Restoring.Guarding;
using HxOps.Restoring.Journaling;
using HxOps.Restoring.Planning;

namespace HxOps.Restoring;

/// <summary>Carries a restore plan out as one transaction.</summary>
public sealed class RestoreRunner(DeploymentContext context)
{
    private readonly RestoreFolder _folder = new(context);

    /// <summary>Carries the plan out: the deployment's lock, safety checkpoint, stage, stop, commit, start, gate; back again when that fails.</summary>
    /// <param name="plan">A plan that <see cref="RestorePlanner"/> made and the caller has agreed to.</param>
    /// <param name="events">Progress, steps and warnings.</param>
    /// <param name="cancellation">Stops the work; what had begun is taken back, and that is not stopped.</param>
    /// <exception cref="HxException">Nothing on the host was changed: it is locked, has drifted, or refused what had to be prepared.</exception>
    public async Task<RestoreResult> RunAsync(RestorePlan plan, IProgress<HxEvent> events, CancellationToken cancellation)
    {
        using var lease = DeploymentLock.Acquire(_folder.State, $"restore of {plan.Id}");
        return await RunAsync(plan, lease, events, cancellation);
    }

    /// <summary>The same for a caller who holds the deployment's lock already.</summary>
    internal async Task<RestoreResult> RunAsync(RestorePlan plan, DeploymentLease lease, IProgress<HxEvent> events, CancellationToken cancellation)
    {
        var result = await CarryOutAsync(plan, lease, events, cancellation);
        if (plan.Work!.Undoes is { } undone && result.Outcome is RestoreOutcome.Restored or RestoreOutcome.RestoredUnproven or RestoreOutcome.AlreadyThere)
            await EndGuardAsync(undone, events);

        Prune(events);
        await new AuditLog(context).WriteAsync(new AuditNote("restore", result.Checkpoint, result.Outcome.ToString(), $"{result.Id} {result.Reason}".Trim()), events);
        return result;
    }

    // The undo is done, whatever becomes of the note; without it, the undo's own journal tells.
    private async Task EndGuardAsync(string undone, IProgress<HxEvent> events)
    {
        try
        {
            await new GuardLedger(context).EndAsync(undone, isConfirmed: false, events);
        }
        catch (HxException failure)
        {
            events.Report(new WarningEvent(failure.Id.Name, $"{failure.Message} {failure.Remedy}", failure.Target));
        }
    }

    private async Task<RestoreResult> CarryOutAsync(RestorePlan plan, DeploymentLease lease, IProgress<HxEvent> events, CancellationToken cancellation)
    {
        var timeline = new RestoreTimeline(context.Clock, events);
        plan = await RecoverFirstAsync(plan, lease, events, cancellation);
        RequireNoneAwaited(plan);
        new DriftCheck(context).RequireUnchanged(plan.Work!);
        if (plan.Changes.IsEmpty)
            return await AcceptAsync(plan, timeline, events, cancellation);

        using var transaction = new RestoreTransaction(context, plan, timeline, events);
        return await transaction.RunAsync(lease, cancellation);
    }

    // What a dead restore or change left is no basis for a plan: it is brought to an end, and the plan made again on what then stands. Only
    // what was agreed to is carried out.
    private async Task<RestorePlan> RecoverFirstAsync(RestorePlan plan, DeploymentLease lease, IProgress<HxEvent> events, CancellationToken cancellation)
    {
        if (!await new RestoreGround(context).ClearAsync(lease, events, cancellation))
            return plan;

        var planner = new RestorePlanner(context);
        var fresh = plan.Work!.Undoes is { } undone
            ? await planner.PlanUndoAsync(undone, plan.Options, events, cancellation)
            : await planner.PlanAsync(plan.Checkpoint, plan.Options, events, cancellation);
        return fresh.Changes.SequenceEqual(plan.Changes) ? fresh
            : throw new HxException(RestoreErrors.Drifted, plan.Id, $"What an interrupted change had left was brought to an end first, and with that the plan for {plan.Id} is another one.");
    }

    // Its undo would take this one away with it, or half of it.
    private void RequireNoneAwaited(RestorePlan plan)
    {
        var awaited = new RestoreCatalog(context).List().FirstOrDefault(restore => restore.Confirmation == RestoreConfirmation.Awaited);
        if (awaited is not null && awaited.Id != plan.Work!.Undoes)
            throw new HxException(GuardErrors.Awaited, awaited.Id, $"{awaited.Id} is to be confirmed by {Quantity.Moment(awaited.ConfirmByUtc!.Value)}; nothing else is restored before.");
    }

    // The restore has ended; what is left of older ones can wait.
    private void Prune(IProgress<HxEvent> events)
    {
        try
        {
            new JournalPruner(context).Prune();
        }
        catch (HxException failure)
        {
            events.Report(new WarningEvent(failure.Id.Name, $"Old journals were not removed: {failure.Message}", failure.Target));
        }
    }

    // The files are as they shall be. The gateway may be down all the same, and that is why somebody asked for a restore.
    private async Task<RestoreResult> AcceptAsync(RestorePlan plan, RestoreTimeline timeline, IProgress<HxEvent> events, CancellationToken cancellation)
    {
        var units = new UnitSequence(context);
        if (!plan.Options.Switches.HasFlag(RestoreSwitches.NoServices) && !context.Deployment.Units.IsEmpty)
        {
            var before = await units.ObserveAsync(cancellation);
            await timeline.RunAsync("start units", () => units.StartAsync(before, cancellation));
        }

        var gate = await new RestoreGate(context, plan.Options).AskAsync(timeline, events, cancellation);
        var objection = RestoreGate.Objection(gate);
        return new RestoreResult
        {
            Id = "",
            Checkpoint = plan.Id,
            Outcome = objection is null ? RestoreOutcome.AlreadyThere : RestoreOutcome.RestoredUnproven,
            Changed = 0,
            Unchanged = plan.Unchanged,
            Gate = gate,
            Reason = objection,
            Steps = timeline.Steps,
            StartedUtc = timeline.StartedUtc,
            Elapsed = timeline.Elapsed,
        };
    }
}
