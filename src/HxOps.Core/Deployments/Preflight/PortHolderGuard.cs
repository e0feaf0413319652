using System.Globalization;
using HxOps.Errors;
using HxOps.Files;
using HxOps.Services;
using HxOps.Services.Operating;
using HxOps.Tools.Processes;

namespace HxOps.Deployments.Preflight;

/// <summary>
/// Keeps from being ended what is not a stray: a unit's process, which its manager would start again or miss, the manager itself, and this
/// command.
/// </summary>
internal sealed class PortHolderGuard(DeploymentContext context)
{
    private const int Manager = 1;
    private readonly bool _isElsewhere = ProcessCommandLine.IsElsewhere(context.Root);

    /// <exception cref="HxException"><see cref="DeploymentErrors.PortHolderProtected"/>, or a unit's state cannot be read.</exception>
    internal async Task CheckAsync(PortUse use, ProcessStatus holder, CancellationToken cancellation)
    {
        if (holder.Id == Manager)
            throw Protected(use, holder, "the manager of the machine's units, for a socket unit", "Find the unit with 'systemctl list-sockets', and stop it.");
        if (holder.Id == Environment.ProcessId && !_isElsewhere)
            throw Protected(use, holder, "this very process", "Close what listens in this session.");

        foreach (var unit in ServiceUnits.Of(context.Deployment).Append(use.Service!).Distinct(StringComparer.Ordinal))
        {
            if (await IsOfAsync(context.Services, unit, holder, cancellation))
                throw Protected(use, holder, unit, $"Stop it with 'Stop-HxGatewayService {unit}' or 'hxops service stop {unit}', or give one of the two another port.");
        }

        var origin = ProcessOrigin.Read(ProcessFolder.Of(context.Root), holder.Id);
        if (origin.IsOfUser)
            throw Protected(use, holder, $"{origin.Unit} of a user's own manager", $"As that user, stop it with 'systemctl --user stop {origin.Unit}', or give one of the two another port.");
        if (origin.Unit.Length > 0 && (await IsOfAsync(MachineServices(), origin.Unit, holder, cancellation) || await IsKeptAsync(origin.Unit, cancellation)))
            throw Protected(use, holder, origin.Unit, $"Stop it with 'systemctl stop {origin.Unit}', or give one of the two another port.");
    }

    // Below a practice root the processes are those of the machine, and so are the units that they may belong to.
    private IServiceControl MachineServices() => context.Root.IsMachine || _isElsewhere ? context.Services : ServiceControlSelector.For(HostRoot.Machine);

    /// <summary>Whether a process is the main one of a unit or works for it. What a unit such as cron only started has a session of its own.</summary>
    private async Task<bool> IsOfAsync(IServiceControl services, string unit, ProcessStatus holder, CancellationToken cancellation)
    {
        var processes = ProcessFolder.Of(context.Root).Path;
        return (await services.GetAsync(unit, cancellation)).MainProcessId is { } main
            && ProcessStatus.IsOfFamily(processes, holder.Id, main)
            && ProcessStatus.Read(processes, main)?.SessionId == holder.SessionId;
    }

    /// <summary>Whether a unit is up without a main process, as one of a start script is: then all that it has started is the unit.</summary>
    private async Task<bool> IsKeptAsync(string unit, CancellationToken cancellation) =>
        await MachineServices().GetAsync(unit, cancellation) is { MainProcessId: null, Activity: UnitActivity.Active or UnitActivity.Activating };

    private static HxException Protected(PortUse use, ProcessStatus holder, string what, string remedy) => new(
        DeploymentErrors.PortHolderProtected, use.Port.ToString(CultureInfo.InvariantCulture),
        string.Create(CultureInfo.InvariantCulture, $"Port {use.Port} of {use.Service} is held by PID {holder.Id}, which is {what}. Nothing was ended."))
    {
        Remedy = remedy,
    };
}
