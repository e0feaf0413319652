using System.Management.Automation;
using HxOps.Errors;
using HxOps.Pipeline;
using HxOps.Restoring;

namespace HxOps.Commands;

/// <summary>Repair-HxRestore: ends what an interrupted restore left.</summary>
[Cmdlet(VerbsDiagnostic.Repair, "HxRestore", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(RestoreInfo))]
public sealed class RepairHxRestoreCommand : HxSubjectCommand
{
    /// <inheritdoc/>
    protected override void Execute()
    {
        var context = Open();
        var repairer = new RestoreRepairer(context);
        if (!Run(repairer.IsNeeded))
            return;

        var interrupted = Run(() => new RestoreCatalog(context).List()).Where(restore => restore.State == RestoreState.Interrupted);
        if (!Agree("Repair what an interrupted restore left", interrupted.Select(RestoreRepairer.Plan)))
            return;

        var repaired = Run(repairer.RepairAsync);
        WriteAll(context, repaired);
        foreach (var failure in repaired.Select(RestoreOutcomeErrors.Of).OfType<HxException>())
            Report(failure);
    }
}
