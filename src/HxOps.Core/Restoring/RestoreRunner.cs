using HxOps.Reporting;

namespace HxOps.Restoring;

/// <summary>Carries a restore plan out as one transaction.</summary>
public sealed class RestoreRunner(DeploymentContext context)
{
    /// <summary>Carries the plan out: the deployment's lock, stage, safety checkpoint, stop, commit, start, gate; back again when that fails.</summary>
    public Task<RestoreResult> RunAsync(RestorePlan plan, IProgress<HxEvent> events, CancellationToken cancellation) =>
        throw new NotImplementedException(context.ToString());
}
