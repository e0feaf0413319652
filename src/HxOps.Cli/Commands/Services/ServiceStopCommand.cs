using HxOps.Services.Operating;

namespace HxOps.Cli.Commands.Services;

/// <summary>Stops a unit and sees it inactive.</summary>
internal sealed class ServiceStopCommand(CommandHost host)
    : ServiceChangeCommand(host, "stop", "Stop a unit, and see it inactive; what does not end in its time is killed.", "hxops service stop --what-if")
{
    protected override ServiceAction ActionOf(Call call) => ServiceAction.Stop;
}
