using System.Management.Automation;
using HxOps.Deployments;
using HxOps.Pipeline;

namespace HxOps.Commands;

/// <summary>Get-HxDeployment: what a deployment file says.</summary>
[Cmdlet(VerbsCommon.Get, "HxDeployment")]
[OutputType(typeof(DeploymentSummary))]
public sealed class GetHxDeploymentCommand : HxSubjectCommand
{
    /// <summary>Every deployment that can be named, rather than the one in use.</summary>
    [Parameter]
    public SwitchParameter ListAvailable { get; set; }

    /// <inheritdoc/>
    protected override void Execute()
    {
        if (ListAvailable)
            ForEach(ListDeployments(), path => Show(OpenFile(path)));
        else
            Show(Open());
    }

    private void Show(DeploymentContext context) => Write(context, DeploymentSummary.Of(context.Deployment));
}
