using HxOps.Rollback.Plans;

namespace HxOps.Rollback.Running;

/// <summary>Puts into words what is left of an interrupted run.</summary>
internal static class ResumeText
{
    public static IEnumerable<string> Lines(string id, RollbackPlan plan, PlanScenario scenario, RunStory story) =>
        (story.CompensationReason is null ? Forward(scenario, story) : Back(scenario, story)).Prepend($"Resume {id}: {plan.Name}/{scenario.Name}");

    private static IEnumerable<string> Forward(PlanScenario scenario, RunStory story)
    {
        foreach (var step in scenario.Steps)
        {
            var known = story.Of(step.Name);
            if (known.IsDone || known.IsSkipped)
            {
                yield return $"{step.Name}: {(known.IsDone ? "done" : "not needed")} before the interruption";
                continue;
            }

            if (known.Last is RunRecordKind.Intended)
            {
                yield return $"{step.Name}: was interrupted; see first whether it has happened";
            }

            foreach (var line in PlanText.Lines(step))
            {
                yield return line;
            }
        }

        foreach (var condition in scenario.Success)
        {
            yield return $"success: {condition.Describe()}";
        }
    }

    private static IEnumerable<string> Back(PlanScenario scenario, RunStory story) => scenario.Steps.Reverse()
        .Where(step => !story.Of(step.Name).Touched.IsEmpty && !story.Of(step.Name).IsUndone)
        .Select(step => $"take back {step.Name}: {step.Undo?.Describe() ?? "as saved before it"}");
}
