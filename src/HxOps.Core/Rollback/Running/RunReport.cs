using System.Collections.Immutable;
using HxOps.Reporting;
using HxOps.Rollback.Plans;

namespace HxOps.Rollback.Running;

/// <summary>Tells how a run went, from its story alone.</summary>
internal static class RunReport
{
    public static RunResult Result(RunStory story, PlanScenario scenario, RunFolder folder, ImmutableArray<string> reasons, TimeSpan elapsed) => new()
    {
        Id = folder.Id,
        Plan = story.Plan,
        Scenario = scenario.Name,
        Outcome = story.Outcome ?? RunOutcome.Inconclusive,
        Reasons = reasons,
        Steps = [.. scenario.Steps.Select(step => Step(step.Name, story.Of(step.Name)))],
        Folder = folder.Path,
        StartedUtc = story.StartedUtc,
        Elapsed = elapsed,
    };

    /// <summary>How a step stands.</summary>
    public static StepResult Step(string name, StepStory story)
    {
        var state = story.IsDone ? StepState.Succeeded : story.Touched.IsEmpty && story.Last != RunRecordKind.Failed ? StepState.Skipped : StepState.Failed;
        var elapsed = story.LastUtc - story.FirstUtc ?? TimeSpan.Zero;
        return new StepResult(name, state, story.Finding, story.Attempts, elapsed);
    }
}
