using System.Management.Automation;
using HxOps.Deployments;
using HxOps.Pipeline;

namespace HxOps.Commands;

/// <summary>New-HxDeployment: writes a deployment file to start from.</summary>
[Cmdlet(VerbsCommon.New, "HxDeployment", SupportsShouldProcess = true)]
[OutputType(typeof(DeploymentSummary))]
public sealed class NewHxDeploymentCommand : HxCommand
{
    /// <summary>The file to write; it must not exist yet.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string FilePath { get; set; } = "";

    /// <summary>Name of the deployment.</summary>
    [Parameter(Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public string Name { get; set; } = "";

    /// <summary>The folder that the gateway lies in.</summary>
    [Parameter(Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public string Folder { get; set; } = "";

    /// <inheritdoc/>
    protected override void Execute()
    {
        var draft = new DeploymentDraft(LocalPath(FilePath), Name, Folder);
        var scaffold = Composition.Scaffold();
        Run(() => scaffold.Plan(draft));
        if (Agree($"Write {draft.Path}", draft.Describe().Skip(1)))
            WriteOutput(DeploymentSummary.Of(Run(() => scaffold.Write(draft))));
    }
}
