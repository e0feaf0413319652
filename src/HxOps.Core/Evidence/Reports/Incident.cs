using System.Collections.Immutable;
using HxOps.Rollback.Plans;
using HxOps.Rollback.Running;

namespace HxOps.Evidence.Reports;

/// <summary>Everything that is known about a run when its report is written.</summary>
internal sealed record Incident
{
    public required string Id { get; init; }

    public required RollbackPlan Plan { get; init; }

    public required PlanScenario Scenario { get; init; }

    public required ImmutableArray<RunRecord> Records { get; init; }

    public required RunStory Story { get; init; }

    public required ImmutableArray<EvidenceInfo> Evidence { get; init; }

    /// <summary>Relative address of a local path, from where the report will lie.</summary>
    public required Func<string, string> Link { get; init; }

    /// <summary>From the first record to the last, interruptions included.</summary>
    public TimeSpan Length => Story.LastUtc - Story.StartedUtc;

    /// <summary>How it stands, in one word.</summary>
    public string State => Story.Outcome?.ToString() ?? "Interrupted";
}
