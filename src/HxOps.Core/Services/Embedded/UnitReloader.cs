using HxOps.Errors;
using HxOps.Files;
using HxOps.Services.Units;

namespace HxOps.Services.Embedded;

/// <summary>Runs a unit's own reload commands.</summary>
internal sealed class UnitReloader(HostRoot root, UnitStateStore states, AccountRule accounts)
{
    /// <summary>Reloads a running unit; false when it does not run or has no reload of its own.</summary>
    /// <exception cref="HxException"><see cref="ServiceErrors.ReloadFailed"/>.</exception>
    internal async Task<bool> TryReloadAsync(UnitDefinition unit, TimeSpan limit, CancellationToken cancellation)
    {
        var settings = ServiceSettings.Of(unit);
        if (settings.Reload.IsEmpty || UnitObserver.Observe(states.Read(unit.Name.Full)) is not { Phase: UnitPhase.Started, Main: { } main } state)
        {
            return false;
        }

        var launch = new UnitLaunch(root, settings, state, new UnitLog(root, unit.Name.Full).LocalPath, accounts);
        foreach (var command in settings.Reload)
        {
            try
            {
                var exitCode = await launch.Start(command, main.Id).Exited.WaitAsync(limit, cancellation);
                if (exitCode != 0 && !command.IgnoresFailure)
                {
                    throw Failed(unit, $"'{command.Program}' ({command.Origin}) exited with {exitCode}.");
                }
            }
            catch (TimeoutException)
            {
                throw Failed(unit, $"'{command.Program}' ({command.Origin}) did not end within {limit.TotalSeconds:0.###} s.");
            }
        }

        return true;
    }

    private static HxException Failed(UnitDefinition unit, string what) =>
        new(ServiceErrors.ReloadFailed, unit.Name.Full, $"Unit '{unit.Name.Full}' could not be reloaded: {what}");
}
