using System.Management.Automation;
using HxOps.Checkpoints;
using HxOps.Checkpoints.Keeping;
using HxOps.Errors;
using HxOps.Pipeline;

namespace HxOps.Commands;

/// <summary>Set-HxCheckpoint: what the operator says about a checkpoint.</summary>
[Cmdlet(VerbsCommon.Set, "HxCheckpoint", DefaultParameterSetName = ById, SupportsShouldProcess = true)]
[OutputType(typeof(CheckpointInfo))]
public sealed class SetHxCheckpointCommand : HxCheckpointCommand
{
    /// <summary>Keeps it from every pruning.</summary>
    [Parameter]
    public SwitchParameter Pin { get; set; }

    /// <summary>Takes the pin out.</summary>
    [Parameter]
    public SwitchParameter Unpin { get; set; }

    /// <summary>Whether it is declared good, which keeps it from every pruning as well.</summary>
    [Parameter]
    public bool? KnownGood { get; set; }

    /// <summary>The note; an empty one removes it.</summary>
    [Parameter]
    [AllowEmptyString]
    public string? Note { get; set; }

    private CheckpointAnnotation Change => new(Unpin ? false : Pin ? true : null, KnownGood, Note);

    /// <inheritdoc/>
    protected override void Execute()
    {
        if (Pin && Unpin)
            throw new HxException(CheckpointErrors.AnnotationUnclear, "-Pin -Unpin", "A checkpoint is pinned or it is not: -Pin and -Unpin were both given.");
        if (Change.IsEmpty)
            throw new HxException(CheckpointErrors.AnnotationUnclear, "", "Nothing is to be said about the checkpoint.");

        base.Execute();
    }

    private protected override void Execute(DeploymentContext context, CheckpointInfo checkpoint)
    {
        var annotator = new CheckpointAnnotator(context);
        var kept = Run(() => annotator.Require(checkpoint));
        if (Agree($"Change what is said about {kept.Id}", Change.Describe()))
            Write(context, RunLocked(context, "annotating a checkpoint", lease => annotator.Annotate(kept, Change, lease)));
    }
}
