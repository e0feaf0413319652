using System.Management.Automation;
using HxOps.Pipeline;
using HxOps.Services.Operating;

namespace HxOps.Commands;

/// <summary>Stop-HxGatewayService: stops units of the gateway and sees them inactive.</summary>
[Cmdlet(VerbsLifecycle.Stop, "HxGatewayService", SupportsShouldProcess = true)]
[OutputType(typeof(ServiceResult))]
public sealed class StopHxGatewayServiceCommand : HxServiceCommand
{
    private protected override ServiceAction Action => ServiceAction.Stop;
}
