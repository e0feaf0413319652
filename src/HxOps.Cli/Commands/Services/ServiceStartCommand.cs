using System.CommandLine;
using HxOps.Services.Operating;

namespace HxOps.Cli.Commands.Services;

/// <summary>Starts a unit and sees it active and healthy.</summary>
internal sealed class ServiceStartCommand : ServiceChangeCommand
{
    private readonly Option<bool> _noHealth = ServiceArguments.NoHealth();

    public ServiceStartCommand(CommandHost host)
        : base(host, "start", "Start a unit, and see it active and healthy.", "hxops service start") => Add(_noHealth);

    protected override ServiceAction ActionOf(Call call) => ServiceAction.Start;

    protected override HealthWish HealthOf(Call call) => call.Get(_noHealth) ? HealthWish.Skip : HealthWish.Ask;
}
