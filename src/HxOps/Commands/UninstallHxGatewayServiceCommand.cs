using System.Management.Automation;
using HxOps.Pipeline;
using HxOps.Services.Installing;

namespace HxOps.Commands;

/// <summary>Uninstall-HxGatewayService: takes the service of the deployment file off its machine.</summary>
[Cmdlet(VerbsLifecycle.Uninstall, "HxGatewayService", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(InstallResult))]
public sealed class UninstallHxGatewayServiceCommand : HxInstallCommand
{
    /// <summary>Removes its drop-ins and its environment file, too.</summary>
    [Parameter]
    public SwitchParameter Purge { get; set; }

    private protected override InstallRequest Request => new()
    {
        Action = InstallAction.Uninstall,
        Options = Purge ? InstallOptions.Purge : 0,
    };
}
