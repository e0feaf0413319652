using System.CommandLine;
using HxOps.Services.Operating;

namespace HxOps.Cli.Commands.Services;

/// <summary>Restarts a unit and sees it active and healthy.</summary>
internal sealed class ServiceRestartCommand : ServiceChangeCommand
{
    private readonly Option<bool> _reload = Switches.Of("--reload", "Use the unit's own reload where it has one, and restart it only where it has none.");
    private readonly Option<bool> _noHealth = ServiceArguments.NoHealth();

    public ServiceRestartCommand(CommandHost host)
        : base(host, "restart", "Restart a unit, and see it active and healthy.", "hxops service restart", "hxops service restart --reload")
    {
        Add(_reload);
        Add(_noHealth);
    }

    protected override ServiceAction ActionOf(Call call) => call.Get(_reload) ? ServiceAction.Reload : ServiceAction.Restart;

    protected override HealthWish HealthOf(Call call) => call.Get(_noHealth) ? HealthWish.Skip : HealthWish.Ask;
}
