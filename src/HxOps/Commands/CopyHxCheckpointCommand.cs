using System.Management.Automation;
using HxOps.Checkpoints;
using HxOps.Checkpoints.Copying;
using HxOps.Pipeline;

namespace HxOps.Commands;

/// <summary>Copy-HxCheckpoint: copies a checkpoint to a folder or another host.</summary>
[Cmdlet(VerbsCommon.Copy, "HxCheckpoint", DefaultParameterSetName = ById, SupportsShouldProcess = true)]
[OutputType(typeof(CheckpointCopy))]
public sealed class CopyHxCheckpointCommand : HxCheckpointCommand
{
    /// <summary>A folder, or a host that ssh reaches without a question, a colon, and a folder of it.</summary>
    [Parameter(Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public string Destination { get; set; } = "";

    private protected override void Execute(DeploymentContext context, CheckpointInfo checkpoint)
    {
        var destination = CopyDestination.Parse(Destination, LocalPath);
        if (Agree($"Copy {checkpoint.Id}", [$"to {destination}"]))
            Write(context, Run((events, stop) => new CheckpointCopier(context).CopyAsync(checkpoint, destination, events, stop)));
    }
}
