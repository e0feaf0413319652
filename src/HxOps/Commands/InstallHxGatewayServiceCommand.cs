using System.Management.Automation;
using HxOps.Pipeline;
using HxOps.Services.Installing;

namespace HxOps.Commands;

/// <summary>Install-HxGatewayService: puts the service of the deployment file on its machine.</summary>
[Cmdlet(VerbsLifecycle.Install, "HxGatewayService", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(InstallResult))]
public sealed class InstallHxGatewayServiceCommand : HxInstallCommand
{
    /// <summary>Does not have it started at boot.</summary>
    [Parameter]
    public SwitchParameter NotAtBoot { get; set; }

    /// <summary>Starts it afterwards, or restarts it when its unit file changed.</summary>
    [Parameter]
    public SwitchParameter Start { get; set; }

    private protected override InstallRequest Request => new()
    {
        Action = InstallAction.Install,
        Options = (NotAtBoot ? InstallOptions.NotAtBoot : 0) | (Start ? InstallOptions.Start : 0),
    };
}
