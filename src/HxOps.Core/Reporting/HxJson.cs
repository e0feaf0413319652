using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using HxOps.Checkpoints;
using HxOps.Checkpoints.Copying;
using HxOps.Deployments;
using HxOps.Evidence;
using HxOps.Evidence.Reports;
using HxOps.Gateway;
using HxOps.Restoring;
using HxOps.Rollback.Checking;
using HxOps.Rollback.Criteria;
using HxOps.Rollback.Plans;
using HxOps.Rollback.Running;
using HxOps.Rollback.Switches;
using HxOps.Services;
using HxOps.Services.EntryPoints;
using HxOps.Services.Installing;
using HxOps.Services.Operating;

namespace HxOps.Reporting;

/// <summary>
/// Results as JSON: camelCase members, enumerations by name, UTC times, spans in seconds, exit codes as numbers.
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    WriteIndented = true,
    Converters = [typeof(UtcTimeConverter), typeof(SecondsConverter), typeof(ExitCodeConverter)])]
[JsonSerializable(typeof(ErrorDocument))]
[JsonSerializable(typeof(CheckpointInfo))]
[JsonSerializable(typeof(ImmutableArray<CheckpointInfo>))]
[JsonSerializable(typeof(CapturePlan))]
[JsonSerializable(typeof(CheckpointCopy))]
[JsonSerializable(typeof(CheckpointDetails))]
[JsonSerializable(typeof(CheckpointVerification))]
[JsonSerializable(typeof(CheckpointComparison))]
[JsonSerializable(typeof(ImmutableArray<RetentionDecision>))]
[JsonSerializable(typeof(RestorePlan))]
[JsonSerializable(typeof(RestoreResult))]
[JsonSerializable(typeof(RestoreInfo))]
[JsonSerializable(typeof(ImmutableArray<RestoreInfo>))]
[JsonSerializable(typeof(GateReport))]
[JsonSerializable(typeof(ImmutableArray<GateLook>))]
[JsonSerializable(typeof(ImmutableArray<ConfigurationFinding>))]
[JsonSerializable(typeof(ImmutableArray<PreflightResult>))]
[JsonSerializable(typeof(DeploymentSummary))]
[JsonSerializable(typeof(ImmutableArray<DeploymentSummary>))]
[JsonSerializable(typeof(ImmutableArray<LogLine>))]
[JsonSerializable(typeof(LogLine))]
[JsonSerializable(typeof(ImmutableArray<EntryPoint>))]
[JsonSerializable(typeof(EntryPointPlan))]
[JsonSerializable(typeof(EntryPointResult))]
[JsonSerializable(typeof(RunbookDocument))]
[JsonSerializable(typeof(RehearsalReport))]
[JsonSerializable(typeof(RollbackDecision))]
[JsonSerializable(typeof(PlanSummary))]
[JsonSerializable(typeof(ImmutableArray<PlanSummary>))]
[JsonSerializable(typeof(PlanReport))]
[JsonSerializable(typeof(ImmutableArray<string>))]
[JsonSerializable(typeof(FlagState))]
[JsonSerializable(typeof(KillSwitchState))]
[JsonSerializable(typeof(ImmutableArray<AuditEntry>))]
[JsonSerializable(typeof(AuditReport))]
[JsonSerializable(typeof(EvidenceInfo))]
[JsonSerializable(typeof(ReportInfo))]
[JsonSerializable(typeof(GatewayMeasurement))]
[JsonSerializable(typeof(RunResult))]
[JsonSerializable(typeof(RunInfo))]
[JsonSerializable(typeof(ImmutableArray<RunInfo>))]
[JsonSerializable(typeof(ImmutableArray<ServiceStatus>))]
[JsonSerializable(typeof(ServiceResult))]
[JsonSerializable(typeof(ServicePreview))]
[JsonSerializable(typeof(ServicePlan))]
[JsonSerializable(typeof(InstallResult))]
public sealed partial class HxJson : JsonSerializerContext
{
    /// <summary>The context for output: text stays readable, only what JSON itself forbids is escaped.</summary>
    public static HxJson Output => field ??= new(new JsonSerializerOptions(Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    /// <summary>The same with each value in a line of its own: for what comes one after the other without an end.</summary>
    public static HxJson Lines => field ??= new(new JsonSerializerOptions(Output.Options) { WriteIndented = false });
}
