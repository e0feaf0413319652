using HxOps.Files.Locking;
using HxOps.Reporting;
using HxOps.Services;

namespace HxOps.Restoring;

/// <summary>What a plan for a restore is made on: a host on which killed processes have left nothing half done, neither a restore nor a change of a unit's files.</summary>
public sealed class RestoreGround(DeploymentContext context)
{
    private readonly RestoreRepairer _repairer = new(context);
    private readonly InterruptedWork _interrupted = new(context);

    /// <summary>Brings to an end what was left, if anything was.</summary>
    /// <param name="events">A warning for each.</param>
    /// <param name="cancellation">Stops between two repairs.</param>
    /// <exception cref="Errors.HxException">Something was left, and the deployment is locked; or it cannot be brought to an end.</exception>
    public async Task ClearAsync(IProgress<HxEvent> events, CancellationToken cancellation)
    {
        if (!_repairer.IsNeeded() && !_interrupted.Exists)
            return;

        using var lease = DeploymentLock.Acquire(context.StateFolder, "repair of what was interrupted");
        await ClearAsync(lease, events, cancellation);
    }

    /// <summary>The same for whoever holds the deployment's lock already; gives back whether there was anything, so that what was planned before may no longer hold.</summary>
    internal async Task<bool> ClearAsync(DeploymentLease lease, IProgress<HxEvent> events, CancellationToken cancellation)
    {
        var repaired = await _repairer.RepairAsync(lease, events, cancellation);
        if (repaired is [var first, ..])
            events.Report(new WarningEvent("RestoreRepaired", $"An interrupted restore was repaired first; {first.Id} is now {first.State}.", first.Id));

        return await _interrupted.TakeBackAsync(lease, events) || !repaired.IsEmpty;
    }
}
