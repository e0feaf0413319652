using HxOps.Files;
using HxOps.Reporting;

namespace HxOps.Checkpoints;

/// <summary>Takes checkpoints.</summary>
public sealed class CheckpointWriter(DeploymentContext context)
{
    /// <summary>Takes one checkpoint: validates, captures in one pass, and returns when the archive is durable under its final name.</summary>
    /// <param name="request">What is wanted of it.</param>
    /// <param name="lease">The held lock of the deployment.</param>
    /// <param name="events">Progress and warnings.</param>
    /// <param name="cancellation">Stops the work; nothing is left behind.</param>
    public Task<CheckpointInfo> WriteAsync(CheckpointRequest request, DeploymentLease lease, IProgress<HxEvent> events, CancellationToken cancellation) =>
        throw new NotImplementedException(context.ToString());
}
