using System.Management.Automation;
using HxOps.Pipeline;
using HxOps.Services.Operating;

namespace HxOps.Commands;

/// <summary>Restart-HxGatewayService: restarts units of the gateway and sees them active and healthy.</summary>
[Cmdlet(VerbsLifecycle.Restart, "HxGatewayService", SupportsShouldProcess = true)]
[OutputType(typeof(ServiceResult))]
public sealed class RestartHxGatewayServiceCommand : HxServiceCommand
{
    /// <summary>Uses the unit's own reload where it has one, and restarts it only where it has none.</summary>
    [Parameter]
    public SwitchParameter Reload { get; set; }

    /// <summary>Does not ask the service for its health.</summary>
    [Parameter]
    public SwitchParameter NoHealth { get; set; }

    private protected override ServiceAction Action => Reload ? ServiceAction.Reload : ServiceAction.Restart;

    private protected override HealthWish Health => NoHealth ? HealthWish.Skip : HealthWish.Ask;
}
