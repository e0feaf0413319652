using System.Management.Automation;
using HxOps.Completion;
using HxOps.Pipeline;
using HxOps.Restoring;
using HxOps.Restoring.Guarding;

namespace HxOps.Commands;

/// <summary>Confirm-HxRestore: keeps a guarded restore, which would be undone by itself otherwise.</summary>
[Cmdlet(VerbsLifecycle.Confirm, "HxRestore", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(RestoreInfo))]
public sealed class ConfirmHxRestoreCommand : HxSubjectCommand
{
    /// <summary>The restore to confirm; without it, the one that awaits its confirmation.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(AwaitedRestoreCompleter))]
    public string? Id { get; set; }

    /// <inheritdoc/>
    protected override void Execute()
    {
        if (PipedRestore.NeedsNoWord(InputObject))
            return;

        var context = Open();
        var confirmer = new RestoreConfirmer(context);
        var restore = Run(() => confirmer.Find(Named(Id, OutputName.Restore)));
        if (restore.Confirmation == RestoreConfirmation.Confirmed)
            Write(context, restore);
        else if (Agree($"Confirm {restore.Id}", RestoreConfirmer.Describe(restore)))
            Write(context, Run((events, stop) => confirmer.ConfirmAsync(restore.Id, events, stop)));
    }
}
