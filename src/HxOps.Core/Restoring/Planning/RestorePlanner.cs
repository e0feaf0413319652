using HxOps.Checkpoints;
using HxOps.Checkpoints.Listing;
using HxOps.Checkpoints.Proving;
using HxOps.Errors;
using HxOps.Reporting;
using HxOps.Restoring.Guarding;

namespace HxOps.Restoring.Planning;

/// <summary>Works out what a restore would change.</summary>
public sealed class RestorePlanner(DeploymentContext context)
{
    /// <summary>Verifies the archive whole, then compares it with the host. Changes nothing.</summary>
    /// <param name="checkpoint">The checkpoint to restore.</param>
    /// <param name="options">What the caller wants.</param>
    /// <param name="events">Progress.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="HxException">One of the archive errors; an owner that this host lacks; a wish that this checkpoint cannot fulfil.</exception>
    public async Task<RestorePlan> PlanAsync(CheckpointInfo checkpoint, RestoreOptions options, IProgress<HxEvent> events, CancellationToken cancellation)
    {
        GuardLimits.Require(options.ConfirmWithin);
        var verified = await new CheckpointReader(context).VerifyAsync(checkpoint, events, cancellation);
        var wanted = new WantedStateBuilder(context, options).Build(verified);
        return await PlanAsync(wanted, options, undoes: null, events, cancellation);
    }

    /// <summary>Works out how to undo an earlier restore from its safety checkpoint: the paths that it changed become what they were before it, and nothing else changes.</summary>
    /// <param name="restoreId">The restore's id; null means the newest that stands.</param>
    /// <param name="options">What the caller wants; components are those of the restore.</param>
    /// <param name="events">Progress.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="HxException">RestoreNotFound, RestoreNotUndoable; or the safety checkpoint is gone or not whole.</exception>
    public async Task<RestorePlan> PlanUndoAsync(string? restoreId, RestoreOptions options, IProgress<HxEvent> events, CancellationToken cancellation)
    {
        var story = new RestoreCatalog(context).FindUndoable(restoreId);
        var safety = new CheckpointCatalog(context).Find(story.Begun.SafetyCheckpoint);
        var verified = await new CheckpointReader(context).VerifyAsync(safety, events, cancellation);
        var changes = story.Changes.Where(change => !change.IsEvidence).ToDictionary(change => change.HostPath, StringComparer.Ordinal);
        var wanted = new WantedStateBuilder(context, options).BuildRecorded(verified, changes);
        return await PlanAsync(wanted, options, story.Begun.Id, events, cancellation);
    }

    private async Task<RestorePlan> PlanAsync(
        WantedState wanted, RestoreOptions options, string? undoes, IProgress<HxEvent> events, CancellationToken cancellation)
    {
        var work = new ChangePlanner(context).Compare(wanted, events, cancellation) with { Undoes = undoes };
        RootContainment.Require(context.Root, work.Paths);
        OwnerPermission.Require(work.Paths);
        var units = new UnitSequence(context);
        var withUnits = !options.Switches.HasFlag(RestoreSwitches.NoServices);
        var before = withUnits ? await units.ObserveAsync(cancellation) : [];
        var paths = work.Paths.Count(path => path.Wanted is not null);
        return new RestorePlan
        {
            Id = wanted.Verified.Info.Id,
            Checkpoint = wanted.Verified.Info,
            Options = options,
            Changes = [.. work.Paths.Select(path => path.Change)],
            Unchanged = wanted.Entries.Length - paths,
            Stop = work.Paths.IsEmpty ? [] : UnitSequence.ToStop(before),
            Start = withUnits ? units.ToStart(before) : [],
            IsIdle = work.Paths.IsEmpty && !(withUnits && await units.WouldStartAsync(before, cancellation)),
            Warnings = wanted.Warnings,
            Work = work,
        };
    }
}
