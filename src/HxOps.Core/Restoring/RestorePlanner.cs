using HxOps.Checkpoints;
using HxOps.Reporting;

namespace HxOps.Restoring;

/// <summary>Works out what a restore would change.</summary>
public sealed class RestorePlanner(DeploymentContext context)
{
    /// <summary>Verifies the archive whole, then compares it with the host. Changes nothing.</summary>
    public Task<RestorePlan> PlanAsync(CheckpointInfo checkpoint, RestoreOptions options, IProgress<HxEvent> events, CancellationToken cancellation) =>
        throw new NotImplementedException(context.ToString());

    /// <summary>Works out how to undo an earlier restore from its safety checkpoint; null id means the newest.</summary>
    public Task<RestorePlan> PlanUndoAsync(string? restoreId, RestoreOptions options, IProgress<HxEvent> events, CancellationToken cancellation) =>
        throw new NotImplementedException(context.ToString());
}
