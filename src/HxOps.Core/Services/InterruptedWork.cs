using HxOps.Files.Locking;
using HxOps.Reporting;
using HxOps.Services.EntryPoints;
using HxOps.Services.Installing;

namespace HxOps.Services;

/// <summary>
/// Takes back what a killed process left unproven of a unit's files: an installation, or a change of the entry point. Everybody who is about
/// to change or to keep these files does so first; the record of it would otherwise be carried out on what they have made.
/// </summary>
public sealed class InterruptedWork(DeploymentContext context)
{
    private readonly InterruptedChange _installation = new(context);
    private readonly InterruptedSwitch _entryPoint = new(context);

    /// <summary>Whether there is any; it may also be under way.</summary>
    public bool Exists => _installation.Exists || _entryPoint.Exists;

    /// <summary>Takes all of it back. A unit that does not start with its files of before is told by a warning.</summary>
    /// <param name="lease">The held lock of the deployment.</param>
    /// <param name="events">A warning for each.</param>
    /// <returns>Whether there was anything, so that what was planned before may no longer hold.</returns>
    /// <exception cref="Errors.HxException">A record or a path cannot be used, or the service manager does not answer; the record stays for the next try.</exception>
    public async Task<bool> TakeBackAsync(DeploymentLease lease, IProgress<HxEvent> events)
    {
        ArgumentNullException.ThrowIfNull(lease);
        var wasInstalling = await _installation.TakeBackAsync(events);
        return await _entryPoint.TakeBackAsync(events) || wasInstalling;
    }
}
