using HxOps.Checkpoints.Listing;
using HxOps.Errors;
using HxOps.Restoring;
using HxOps.Restoring.Planning;
using HxOps.Rollback.Plans;
using HxOps.Rollback.Running;

namespace HxOps.Rollback.Actions;

/// <summary>Restores checkpoints. A restore is a transaction of its own: what a killed one left is repaired first, so that the plan is made on what then stands.</summary>
internal sealed class RestoreExecutor : ActionExecutor<RestoreAction>
{
    /// <inheritdoc/>
    protected override ActionEffect Effect(RestoreAction action) => ActionEffect.Lasting;

    /// <inheritdoc/>
    protected override RepeatRule Repeat(RestoreAction action) => RepeatRule.Harmless;

    // A restore that is refused has taken back what it had prepared.
    /// <inheritdoc/>
    protected override bool RefusedBefore(RestoreAction action, HxException failure) => failure.Id.ExitCode == ExitCode.Refused;

    /// <inheritdoc/>
    protected override async Task<string> DoAsync(RestoreAction action, ActionScope scope, CancellationToken cancellation)
    {
        var checkpoint = new CheckpointCatalog(scope.Context).Find(action.Checkpoint);
        await new RestoreGround(scope.Context).ClearAsync(scope.Lease, scope.Events, cancellation);
        var options = RestoreOptions.Default with { Components = action.Components };
        var plan = await new RestorePlanner(scope.Context).PlanAsync(checkpoint, options, scope.Events, cancellation);
        var result = await new RestoreRunner(scope.Context).RunAsync(plan, scope.Lease, scope.Events, cancellation);
        return result.Outcome is RestoreOutcome.Restored or RestoreOutcome.AlreadyThere
            ? $"{checkpoint.Id}: {result.Changed} paths changed by {result.Id}"
            : throw new HxException(RunErrors.ActionFailed, checkpoint.Id, $"The restore {result.Id} of {checkpoint.Id} ended as {result.Outcome}.");
    }
}
