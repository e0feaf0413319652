using System.Management.Automation;
using HxOps.Checkpoints;
using HxOps.Checkpoints.Copying;
using HxOps.Evidence.Reports;
using HxOps.Restoring;
using HxOps.Rollback.Checking;
using HxOps.Rollback.Plans;
using HxOps.Rollback.Running;
using HxOps.Rollback.Switches;
using HxOps.Services.EntryPoints;

namespace HxOps.Pipeline;

/// <summary>
/// What an output names for the next command of a pipeline, here or come from another host. Only record and property together tell: the
/// Id of a deployment is not that of a restore.
/// </summary>
/// <param name="known">The records that name such a thing, and the property in which they do.</param>
internal sealed class OutputName(params (Type Record, string Property)[] known)
{
    /// <summary>A checkpoint's id.</summary>
    public static readonly OutputName Checkpoint = new(
        (typeof(CheckpointInfo), nameof(CheckpointInfo.Id)),
        (typeof(CheckpointVerification), nameof(CheckpointVerification.Id)),
        (typeof(CheckpointComparison), nameof(CheckpointComparison.Id)),
        (typeof(CheckpointCopy), nameof(CheckpointCopy.Id)),
        (typeof(RetentionDecision), nameof(RetentionDecision.Id)),
        (typeof(EntryPoint), nameof(Services.EntryPoints.EntryPoint.Id)),
        (typeof(RestoreInfo), nameof(RestoreInfo.Checkpoint)),
        (typeof(RestoreResult), nameof(RestoreResult.Checkpoint)));

    /// <summary>A restore's id.</summary>
    public static readonly OutputName Restore = new((typeof(RestoreInfo), nameof(RestoreInfo.Id)), (typeof(RestoreResult), nameof(RestoreResult.Id)));

    /// <summary>The id of a run.</summary>
    public static readonly OutputName Run = new((typeof(RunInfo), nameof(RunInfo.Id)), (typeof(RunResult), nameof(RunResult.Id)), (typeof(ReportInfo), nameof(ReportInfo.Id)));

    /// <summary>A plan's name or path.</summary>
    public static readonly OutputName Plan = new(
        (typeof(PlanSummary), nameof(PlanSummary.Source)),
        (typeof(PlanReport), nameof(PlanReport.Source)),
        (typeof(RunInfo), nameof(RunInfo.Plan)),
        (typeof(RunResult), nameof(RunResult.Plan)));

    /// <summary>An entry point's id; a checkpoint's is one.</summary>
    public static readonly OutputName EntryPoint = new(
        (typeof(EntryPoint), nameof(Services.EntryPoints.EntryPoint.Id)),
        (typeof(RunbookDocument), nameof(RunbookDocument.Source)),
        (typeof(CheckpointInfo), nameof(CheckpointInfo.Id)),
        (typeof(CheckpointVerification), nameof(CheckpointVerification.Id)));

    /// <summary>The name of a flag.</summary>
    public static readonly OutputName FlagName = new((typeof(FlagState), nameof(FlagState.Id)));

    /// <summary>The address of a flag.</summary>
    public static readonly OutputName Flag = new((typeof(FlagState), nameof(FlagState.Url)));

    /// <summary>The address of a kill switch.</summary>
    public static readonly OutputName KillSwitch = new((typeof(KillSwitchState), nameof(KillSwitchState.Id)));

    /// <summary>The name in an output; null where its record has none of this kind.</summary>
    public string? In(object? output)
    {
        if (output is null)
            return null;

        var record = HxOutput.RecordOf(output);
        return known.Where(place => place.Record.FullName == record)
            .Select(place => PSObject.AsPSObject(output).Properties[place.Property]?.Value?.ToString())
            .FirstOrDefault();
    }
}
