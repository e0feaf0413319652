using System.Management.Automation;
using HxOps.Checkpoints;
using HxOps.Checkpoints.Comparing;
using HxOps.Completion;
using HxOps.Pipeline;

namespace HxOps.Commands;

/// <summary>Compare-HxCheckpoint: what differs between a checkpoint and the live host, or another checkpoint.</summary>
[Cmdlet(VerbsData.Compare, "HxCheckpoint", DefaultParameterSetName = ById)]
[OutputType(typeof(CheckpointComparison))]
public sealed class CompareHxCheckpointCommand : HxCheckpointCommand
{
    /// <summary>Id or path of the newer checkpoint; without it, the live host.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(CheckpointCompleter))]
    public string? With { get; set; }

    private protected override void Execute(DeploymentContext context, CheckpointInfo checkpoint)
    {
        var other = With is null ? null : Find(context, UserPaths.Resolve(With, LocalPath));
        Write(context, Run((events, stop) => new CheckpointComparer(context).CompareAsync(checkpoint, other, events, stop)));
    }
}
