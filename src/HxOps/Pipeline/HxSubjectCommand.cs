using System.Management.Automation;
using HxOps.Errors;

namespace HxOps.Pipeline;

/// <summary>A command that works on a deployment as a whole: the one that is named, or the one that an object of the pipeline came from.</summary>
public abstract class HxSubjectCommand : HxDeploymentCommand
{
    /// <summary>What another command of HxOps wrote: its deployment is worked on.</summary>
    [Parameter(ValueFromPipeline = true)]
    [ValidateNotNull]
    public object? InputObject { get; set; }

    /// <summary>The deployment to work on.</summary>
    /// <exception cref="HxException">InputUnknown: a name that is piped must not be taken for consent to whatever is meant without one.</exception>
    private protected DeploymentContext Open() => InputObject is null || Takes(InputObject)
        ? Open(InputObject)
        : throw new HxException(CommonErrors.InputUnknown, $"{InputObject}", $"No command of HxOps wrote '{InputObject}', so it tells nothing about what to work on. Nothing was changed.");

    /// <summary>Whether the command knows what to do with an object of the pipeline.</summary>
    private protected virtual bool Takes(object input) => HxOutput.IsOne(input);

    /// <summary>What the user named, else what the object of the pipeline names.</summary>
    private protected string? Named(string? given, OutputName name) => given ?? name.In(InputObject);
}
