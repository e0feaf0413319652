using System.Management.Automation;
using HxOps.Checkpoints;
using HxOps.Checkpoints.Taking;
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
        var writer = new CheckpointWriter(context);
        var plan = Run(() => writer.Plan());
        if (!Agree("Take a checkpoint", plan.Describe()))
            return;

        var request = new CheckpointRequest(CheckpointKind.Checkpoint, Note);
        Write(context, RunLocked(context, "taking a checkpoint", (lease, events, stop) => writer.WriteAsync(request, lease, events, stop)));
    }
}
