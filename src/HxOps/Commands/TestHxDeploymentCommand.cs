using System.Management.Automation;
using HxOps.Deployments;
using HxOps.Pipeline;

namespace HxOps.Commands;

/// <summary>Test-HxDeployment: whether the host has what its deployment file says.</summary>
[Cmdlet(VerbsDiagnostic.Test, "HxDeployment", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(PreflightResult))]
public sealed class TestHxDeploymentCommand : HxSubjectCommand
{
    /// <summary>Which list of checks.</summary>
    [Parameter(Position = 0)]
    public PreflightScope Scope { get; set; } = PreflightScope.All;

    /// <summary>Repairs this one thing before the checks.</summary>
    [Parameter]
    public PreflightFix? Fix { get; set; }

    /// <inheritdoc/>
    protected override void Execute()
    {
        var context = Open();
        if (Fix == PreflightFix.Ownership)
            RepairOwnership(new OwnershipRepair(context));
        if (Fix == PreflightFix.Port)
            ReleasePort(new PortRelease(context));

        WriteAll(context, Run((events, stop) => new DeploymentInspector(context).InspectAsync(Scope, events, stop)));
    }

    private void RepairOwnership(OwnershipRepair repair)
    {
        var plan = Run((_, stop) => repair.DescribeAsync(stop));
        if (!plan.IsEmpty && Agree(plan[0], plan.Skip(1)))
            Run(repair.RunAsync);
    }

    private void ReleasePort(PortRelease release)
    {
        var plan = Run((_, stop) => release.PlanAsync(stop));
        var lines = plan.Describe();
        if (!lines.IsEmpty && Agree(lines[0], lines.Skip(1)))
            Run((events, stop) => release.RunAsync(plan, events, stop));
    }
}
