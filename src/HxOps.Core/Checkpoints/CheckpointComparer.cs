using HxOps.Reporting;

namespace HxOps.Checkpoints;

/// <summary>Tells what differs between two states of a deployment.</summary>
public sealed class CheckpointComparer(DeploymentContext context)
{
    /// <summary>Compares a checkpoint with another, or with the live host.</summary>
    /// <param name="before">The older state.</param>
    /// <param name="after">The newer state, or null for the live host.</param>
    /// <param name="events">Progress.</param>
    /// <param name="cancellation">Stops the work.</param>
    public Task<CheckpointComparison> CompareAsync(CheckpointInfo before, CheckpointInfo? after, IProgress<HxEvent> events, CancellationToken cancellation) =>
        throw new NotImplementedException(context.ToString());
}
