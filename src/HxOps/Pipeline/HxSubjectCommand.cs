using System.Management.Automation;

namespace HxOps.Pipeline;

/// <summary>A command that works on a deployment as a whole: the one that is named, or the one that an object of the pipeline came from.</summary>
public abstract class HxSubjectCommand : HxDeploymentCommand
{
    /// <summary>What another command of HxOps wrote: its deployment is worked on.</summary>
    [Parameter(ValueFromPipeline = true)]
    public object? InputObject { get; set; }

    /// <summary>The deployment to work on.</summary>
    private protected DeploymentContext Open() => Open(InputObject);
}
