using System.Collections.Immutable;
using HxOps.Reporting;

namespace HxOps.Restoring;

/// <summary>Brings what an interrupted restore left to one of its two ends.</summary>
public sealed class RestoreRepairer(DeploymentContext context)
{
    /// <summary>Whether a restore was interrupted and nobody has repaired it.</summary>
    public bool IsNeeded() => throw new NotImplementedException(context.ToString());

    /// <summary>Repairs every interrupted restore; empty when there was none.</summary>
    public Task<ImmutableArray<RestoreInfo>> RepairAsync(IProgress<HxEvent> events, CancellationToken cancellation) =>
        throw new NotImplementedException(context.ToString());
}
