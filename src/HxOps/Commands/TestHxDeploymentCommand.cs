using System.Management.Automation;
using HxOps.Deployments;
using HxOps.Pipeline;

namespace HxOps.Commands;

/// <summary>Test-HxDeployment: whether the host has what its deployment file says.</summary>
[Cmdlet(VerbsDiagnostic.Test, "HxDeployment")]
[OutputType(typeof(PreflightResult))]
public sealed class TestHxDeploymentCommand : HxSubjectCommand
{
    /// <inheritdoc/>
    protected override void Execute()
    {
        var context = Open();
        WriteAll(context, Run((events, stop) => new DeploymentInspector(context).InspectAsync(events, stop)));
    }
}
