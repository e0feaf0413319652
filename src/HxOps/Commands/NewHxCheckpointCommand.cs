using System.Management.Automation;
using HxOps.Checkpoints;
using HxOps.Pipeline;

namespace HxOps.Commands;

/// <summary>New-HxCheckpoint: takes a checkpoint.</summary>
[Cmdlet(VerbsCommon.New, "HxCheckpoint", SupportsShouldProcess = true)]
[OutputType(typeof(CheckpointInfo))]
public sealed class NewHxCheckpointCommand : HxSubjectCommand
{
    /// <summary>What the checkpoint is for, in the operator's words.</summary>
    [Parameter(Position = 0)]
    [AllowEmptyString]
    public string Note { get; set; } = "";

    /// <inheritdoc/>
    protected override void Execute()
    {
        var context = Open();
        if (!Agree("Take a checkpoint", PlanText.Capture(context.Deployment)))
            return;

        var request = new CheckpointRequest(CheckpointKind.Checkpoint, Note);
        Write(context, RunLocked(context, "taking a checkpoint", (lease, events, stop) =>
            new CheckpointWriter(context).WriteAsync(request, lease, events, stop)));
    }
}
