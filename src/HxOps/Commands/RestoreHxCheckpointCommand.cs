using System.Collections;
using System.Management.Automation;
using HxOps.Checkpoints;
using HxOps.Completion;
using HxOps.Pipeline;
using HxOps.Restoring;
using HxOps.Restoring.Planning;

namespace HxOps.Commands;

/// <summary>Restore-HxCheckpoint: brings a checkpoint back as one transaction.</summary>
[Cmdlet(VerbsData.Restore, "HxCheckpoint", DefaultParameterSetName = ById, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(RestoreResult))]
public sealed class RestoreHxCheckpointCommand : HxCheckpointCommand
{
    /// <summary>Names of the only components to restore.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ComponentCompleter))]
    public string[] Component { get; set; } = [];

    /// <summary>Neither stops nor starts units.</summary>
    [Parameter]
    public SwitchParameter NoServices { get; set; }

    /// <summary>Does not test the gateway afterwards.</summary>
    [Parameter]
    public SwitchParameter NoGate { get; set; }

    /// <summary>Leaves the restored state in place when the gate fails.</summary>
    [Parameter]
    public SwitchParameter NoRollback { get; set; }

    /// <summary>Also removes managed paths that the checkpoint does not have.</summary>
    [Parameter]
    public SwitchParameter Mirror { get; set; }

    /// <summary>Within which time the restore has to be confirmed, or else it is undone by itself.</summary>
    [Parameter]
    [SpanTransformation]
    public TimeSpan? ConfirmWithin { get; set; }

    /// <summary>Owners of the checkpoint and the owners of this host to use instead; the key * stands for all others.</summary>
    [Parameter]
    [ValidateNotNull]
    public Hashtable MapOwner { get; set; } = [];

    private protected override void Execute(DeploymentContext context, CheckpointInfo checkpoint)
    {
        var options = new RestoreOptions
        {
            Components = [.. Component],
            Switches = (NoServices ? RestoreSwitches.NoServices : 0) | (NoGate ? RestoreSwitches.NoGate : 0)
                | (NoRollback ? RestoreSwitches.NoRollback : 0) | (Mirror ? RestoreSwitches.Mirror : 0),
            ConfirmWithin = ConfirmWithin,
            OwnerMap = NamedTexts.From(MapOwner),
        };
        CarryOut(context, Run((events, stop) => new RestorePlanner(context).PlanAsync(checkpoint, options, events, stop)));
    }
}
