using System.Globalization;
using HxOps.Files.Locking;
using HxOps.Reporting;
using HxOps.Rollback.Conditions;
using HxOps.Rollback.Plans;
using HxOps.Rollback.Running;

namespace HxOps.Rollback.Actions;

/// <summary>What an action is given to work with.</summary>
internal sealed record ActionScope
{
    /// <summary>A variable that every process of the step carries, so that those of a killed run can be found.</summary>
    public const string MarkVariable = "HXOPS_ROLLBACK_STEP";

    /// <summary>The deployment.</summary>
    public required DeploymentContext Context { get; init; }

    /// <summary>The plan.</summary>
    public required RollbackPlan Plan { get; init; }

    /// <summary>The run's folder.</summary>
    public required RunFolder Folder { get; init; }

    /// <summary>The held lock of the deployment.</summary>
    public required DeploymentLease Lease { get; init; }

    /// <summary>Looks at conditions.</summary>
    public required ConditionObserver Observer { get; init; }

    /// <summary>Asks people.</summary>
    public required IApprover Approver { get; init; }

    /// <summary>Takes events.</summary>
    public required IProgress<HxEvent> Events { get; init; }

    /// <summary>Blots secrets out of foreign text.</summary>
    public required Redactor Redactor { get; init; }

    /// <summary>Name of the scenario.</summary>
    public required string Scenario { get; init; }

    /// <summary>When the run began.</summary>
    public required DateTimeOffset StartedUtc { get; init; }

    /// <summary>Name of the step.</summary>
    public string Step { get; init; } = "";

    /// <summary>The longest that a wait within the action may take.</summary>
    public TimeSpan Budget { get; init; }

    /// <summary>
    /// The value of <see cref="MarkVariable"/> for this step. Two deployments of a host may roll back in the same second, and their runs
    /// have the same id then; the folder tells them apart.
    /// </summary>
    public string MarkValue => $"{Folder.Path}/{Step}";

    /// <summary>The run's time for names of files and folders; one for the whole run, so that all of them fit together.</summary>
    public string Stamp => StartedUtc.UtcDateTime.ToString("yyyyMMdd_HHmmss", CultureInfo.InvariantCulture);

    /// <summary>The local path of a plan's path; <c>{stamp}</c> in it becomes the run's time.</summary>
    public string Locate(string path) => PlanPath.Locate(Context.Root, Plan, path.Replace("{stamp}", Stamp, StringComparison.Ordinal));
}
