using System.Collections.Immutable;
using HxOps.Checkpoints;
using HxOps.Checkpoints.Taking;
using HxOps.Errors;
using HxOps.Files;
using HxOps.Files.Locking;
using HxOps.Gateway;
using HxOps.Reporting;
using HxOps.Restoring.Committing;
using HxOps.Restoring.Guarding;
using HxOps.Restoring.Journaling;
using HxOps.Restoring.Planning;

namespace HxOps.Restoring;

/// <summary>
/// One restore from its safety checkpoint to its end. Up to the commit a failure leaves nothing behind; from the commit on it leads back to
/// the state before, and neither is stopped by a cancellation.
/// </summary>
internal sealed class RestoreTransaction(DeploymentContext context, RestorePlan plan, RestoreTimeline timeline, IProgress<HxEvent> events) : IDisposable
{
    private readonly RestoreFolder _folder = new(context);
    private readonly RestoreCommitter _committer = new(context);
    private readonly UnitSequence _sequence = new(context);
    private readonly GuardArming _guard = new(context, plan.Options);
    private readonly RestoreWork _work = plan.Work!;
    private string _id = "";
    private CheckpointInfo? _safety;
    private RestoreJournal? _journal;
    private StagePlan _stage = new([], [], []);
    private ImmutableArray<ulong> _inodes = [];
    private ImmutableArray<UnitBefore> _units = [];
    private bool _isCommitted;

    private bool Has(RestoreSwitches wish) => plan.Options.Switches.HasFlag(wish);

    internal async Task<RestoreResult> RunAsync(DeploymentLease lease, CancellationToken cancellation)
    {
        try
        {
            await PrepareAsync(lease, cancellation);
        }
        catch
        {
            await AbandonAsync();
            throw;
        }

        GateReport? gate = null;
        Exception? failure = null;
        try
        {
            gate = await CommitAsync(cancellation);
        }
        catch (Exception caught)
        {
            failure = caught;
        }

        return await EndAsync(gate, failure);
    }

    public void Dispose() => _journal?.Dispose();

    private async Task PrepareAsync(DeploymentLease lease, CancellationToken cancellation)
    {
        _guard.RequireProgram();
        _id = _folder.Begin();
        _stage = new StagePlanner(context, RestoreFolder.StampOf(_id)).Lay(_work);
        var request = new CheckpointRequest(CheckpointKind.Safety, $"before {_id} of {plan.Id}");
        _safety = await timeline.RunAsync("take a safety checkpoint", () => new CheckpointWriter(context).WriteAsync(request, lease, events, cancellation));
        BeginJournal();
        if (_guard.IsWanted)
            await timeline.RunAsync("set the guard", () => _guard.ArmAsync(_id, cancellation));

        await timeline.RunAsync("stage files", () => _inodes = new RestoreStager(context).Stage(_work.Verified, _stage, events, cancellation));
        Note(new StagingDone(_inodes) { AtUtc = _journal!.Now });
        if (!Has(RestoreSwitches.NoServices) && !context.Deployment.Units.IsEmpty)
            await StopUnitsAsync(cancellation);

        cancellation.ThrowIfCancellationRequested();
        new DriftCheck(context).RequireStillUnchanged(_work);
        _journal.Reserve();
        Note(new CommitBegun { AtUtc = _journal.Now });
    }

    private async Task StopUnitsAsync(CancellationToken cancellation)
    {
        _units = await _sequence.ObserveAsync(cancellation);
        Note(new UnitsObserved(_units) { AtUtc = _journal!.Now });
        await timeline.RunAsync("stop units", () => _sequence.StopAsync(_units, cancellation));
    }

    private void BeginJournal()
    {
        _journal = RestoreJournal.Create(_folder.Journal(_id), context.Clock);
        var now = _journal.Now;
        JournalRecord begun = new RestoreBegun(_id, plan.Id, _safety!.Id, _work.Undoes, LockHolder.Self(plan.Id)) { AtUtc = now };
        _journal.Append([
            begun,
            .. _work.Paths.Select(path => new ChangePlanned(path.Change.HostPath, path.Change.Kind, path.Change.Component, path.Wanted is { IsEvidence: true }) { AtUtc = now }),
            .. _stage.Steps.Select(step => new StepPlanned(step) { AtUtc = now }),
            .. _stage.Folders.Select(folder => new FolderPlanned(folder) { AtUtc = now }),
        ]);
    }

    private async Task<GateReport?> CommitAsync(CancellationToken cancellation)
    {
        await timeline.RunAsync("bring files into place", () => _committer.Commit(_stage, events, cancellation));
        Note(new CommitDone { AtUtc = _journal!.Now });
        _isCommitted = true;
        if (!_units.IsEmpty)
        {
            await timeline.RunAsync("read unit files again", () => _sequence.ReloadAsync(cancellation));
            await timeline.RunAsync("start units", () => _sequence.StartAsync(_units, cancellation));
        }

        return await new RestoreGate(context, plan.Options).AskAsync(timeline, events, cancellation);
    }

    private async Task<RestoreResult> EndAsync(GateReport? gate, Exception? failure)
    {
        var reason = failure?.Message ?? RestoreGate.Objection(gate);
        var isAccepted = Has(RestoreSwitches.NoRollback) || (failure is null && RestoreGate.IsSilent(gate));
        var stays = reason is null || (_isCommitted && failure is not OperationCanceledException && isAccepted);
        if (stays)
            return Keep(reason is null ? RestoreOutcome.Restored : RestoreOutcome.RestoredUnproven, gate, reason);

        var outcome = await GoBackAsync(reason!);
        if (failure is OperationCanceledException && outcome == RestoreOutcome.RolledBack)
            throw failure;

        return Result(outcome, gate, reason);
    }

    private RestoreResult Keep(RestoreOutcome outcome, GateReport? gate, string? reason)
    {
        try
        {
            Note(new StayDecided(outcome) { AtUtc = _journal!.Now });
            _committer.Finish(_stage.Steps, _stage.Folders, events);
            _guard.Renew(_id, events);
            _journal.Close(outcome, _work.Paths.Length);
        }
        catch (HxException leftover)
        {
            events.Report(new WarningEvent("RestoreLeftovers", $"The restore stands; what it put aside could not be removed: {leftover.Message} The next restore or repair tries again.", leftover.Target));
        }

        return Result(outcome, gate, reason);
    }

    // Not cancelled by anything: a half-way host is worse than a late prompt.
    private async Task<RestoreOutcome> GoBackAsync(string reason)
    {
        try
        {
            NoteWayBack(reason);
            if (_isCommitted)
                await WarnAsync(async () => await _sequence.StopAsync(await ObserveOwnAsync(), CancellationToken.None));

            await timeline.RunAsync("go back to the state before", () => new RestoreRollback(context, events).Run(_stage.Steps, _inodes, _stage.Folders, plan.Changes.Select(change => change.HostPath)));
            await WarnAsync(ReturnUnitsAsync);
            _journal!.Close(RestoreOutcome.RolledBack, _work.Paths.Length);
            await WarnAsync(() => _guard.DisarmAsync(_id));
            return RestoreOutcome.RolledBack;
        }
        catch (HxException failure)
        {
            events.Report(new WarningEvent(RestoreErrors.RollbackFailed.Name, $"{failure.Message} {RestoreErrors.RollbackFailed.Remedy}", failure.Target));
            return RestoreOutcome.Inconsistent;
        }
    }

    // Once the journal says that all is done, a repair would go forward: then nothing may be taken back that is not on record. Before, it goes back in any case.
    private void NoteWayBack(string reason)
    {
        void note() => Note(new RollbackBegun(reason) { AtUtc = _journal!.Now });
        if (_isCommitted)
            note();
        else
            Warn(note);
    }

    // Nothing has changed yet: what was prepared goes, what was stopped comes back. The failure that led here is the one to tell.
    private async Task AbandonAsync()
    {
        Warn(() =>
        {
            if (_journal is not null)
                new RestoreRollback(context, events).Run(_stage.Steps, [], _stage.Folders, []);
        });
        await WarnAsync(ReturnUnitsAsync);
        await WarnAsync(() => _guard.DisarmAsync(_id));
        Warn(() =>
        {
            _journal?.Dispose();
            if (_id.Length > 0)
                _folder.Forget(_id);

            if (_safety is not null)
                TreeRemover.Remove(_safety.Path);
        });
    }

    private Task ReturnUnitsAsync() =>
        _units.IsEmpty ? Task.CompletedTask : timeline.RunAsync("start units as before", () => _sequence.ReturnAsync(_units));

    private async Task<ImmutableArray<UnitBefore>> ObserveOwnAsync() => _units.IsEmpty ? [] : await _sequence.ObserveAsync(CancellationToken.None);

    private void Warn(Action step)
    {
        try
        {
            step();
        }
        catch (HxException failure)
        {
            Tell(failure);
        }
    }

    private async Task WarnAsync(Func<Task> step)
    {
        try
        {
            await step();
        }
        catch (HxException failure)
        {
            Tell(failure);
        }
    }

    private void Tell(HxException failure) => events.Report(new WarningEvent(failure.Id.Name, $"{failure.Message} {failure.Remedy}", failure.Target));

    private void Note(JournalRecord record) => _journal!.Append(record);

    private RestoreResult Result(RestoreOutcome outcome, GateReport? gate, string? reason) => new()
    {
        Id = _id,
        Checkpoint = plan.Id,
        Outcome = outcome,
        SafetyCheckpoint = _safety?.Id,
        Changed = plan.Changes.Length,
        Unchanged = plan.Unchanged,
        ConfirmByUtc = outcome is RestoreOutcome.Restored or RestoreOutcome.RestoredUnproven ? _guard.ByUtc : null,
        Gate = gate,
        Reason = reason,
        Steps = timeline.Steps,
        StartedUtc = timeline.StartedUtc,
        Elapsed = timeline.Elapsed,
    };
}
