using System.Management.Automation;
using HxOps.Pipeline;
using HxOps.Services.Operating;

namespace HxOps.Commands;

/// <summary>Start-HxGatewayService: starts units of the gateway and sees them active and healthy.</summary>
[Cmdlet(VerbsLifecycle.Start, "HxGatewayService", SupportsShouldProcess = true)]
[OutputType(typeof(ServiceResult))]
public sealed class StartHxGatewayServiceCommand : HxServiceCommand
{
    /// <summary>Does not ask the service for its health.</summary>
    [Parameter]
    public SwitchParameter NoHealth { get; set; }

    private protected override ServiceAction Action => ServiceAction.Start;

    private protected override HealthWish Health => NoHealth ? HealthWish.Skip : HealthWish.Ask;
}
