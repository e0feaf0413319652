using System.Management.Automation;
using HxOps.Completion;
using HxOps.Pipeline;
using HxOps.Restoring;
using HxOps.Restoring.Planning;

namespace HxOps.Commands;

/// <summary>Undo-HxRestore: brings back the state before a restore.</summary>
[Cmdlet(VerbsCommon.Undo, "HxRestore", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(RestoreResult))]
public sealed class UndoHxRestoreCommand : HxSubjectCommand
{
    /// <summary>The restore to undo; without it, the newest.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(RestoreCompleter))]
    public string? Id { get; set; }

    /// <summary>Neither stops nor starts units.</summary>
    [Parameter]
    public SwitchParameter NoServices { get; set; }

    /// <summary>Does not test the gateway afterwards.</summary>
    [Parameter]
    public SwitchParameter NoGate { get; set; }

    /// <summary>Leaves the state in place when the gate fails.</summary>
    [Parameter]
    public SwitchParameter NoRollback { get; set; }

    /// <inheritdoc/>
    protected override void Execute()
    {
        var context = Open();
        var options = new RestoreOptions
        {
            Switches = (NoServices ? RestoreSwitches.NoServices : 0) | (NoGate ? RestoreSwitches.NoGate : 0)
                | (NoRollback ? RestoreSwitches.NoRollback : 0),
        };
        CarryOut(context, Run((events, stop) => new RestorePlanner(context).PlanUndoAsync(Named(Id, OutputName.Restore), options, events, stop)));
    }
}
