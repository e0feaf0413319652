using System.Collections.Immutable;
using System.Globalization;

namespace HxOps.Rollback.Plans;

/// <summary>Puts a scenario into words: what would be done, in which time, and what would be looked at.</summary>
public static class PlanText
{
    /// <summary>The scenario as lines, in the order in which it would run.</summary>
    public static ImmutableArray<string> Lines(RollbackPlan plan, PlanScenario scenario)
    {
        var lines = ImmutableArray.CreateBuilder<string>();
        lines.Add($"Rollback {plan.Name}/{scenario.Name}: {scenario.Description} (at most {Span(scenario.Budget)}, target {Span(plan.Target)})");
        lines.AddRange(scenario.Approvals.Select(role => $"ask {role} to agree"));
        lines.AddRange(scenario.Steps.SelectMany(step => Lines(step)));

        lines.AddRange(scenario.Success.Select(condition => $"success: {condition.Describe()}"));
        lines.AddRange(plan.Escalation.Where(level => level.After > TimeSpan.Zero).Select(level => $"after {Span(level.After)}: {level.Name}"));
        return lines.ToImmutable();
    }

    /// <summary>One step as lines.</summary>
    public static ImmutableArray<string> Lines(PlanStep step)
    {
        var lines = ImmutableArray.CreateBuilder<string>();
        var attempts = step.Attempts == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $", {step.Attempts} attempts");
        var importance = step.Importance == StepImportance.Wanted ? ", wanted" : $", on failure {step.OnFailure.ToString().ToLowerInvariant()}";
        lines.Add($"{step.Name}: {step.Action.Describe()} (at most {Span(step.Budget)}{attempts}{importance})");
        lines.AddRange(step.When.Select(condition => $"  only when {condition.Describe()}"));
        lines.AddRange(step.Observe.Select(condition => $"  see that {condition.Describe()}"));
        if (step.Alternative is { } other)
        {
            lines.Add($"  else {other.Action.Describe()}");
            lines.AddRange(other.Observe.Select(condition => $"    see that {condition.Describe()}"));
        }

        if (step.Undo is { } undo)
        {
            lines.Add($"  undo: {undo.Describe()}");
        }

        return lines.ToImmutable();
    }

    private static string Span(TimeSpan span) => span >= TimeSpan.FromMinutes(1)
        ? string.Create(CultureInfo.InvariantCulture, $"{span.TotalMinutes:0.##} min")
        : string.Create(CultureInfo.InvariantCulture, $"{span.TotalSeconds:0.###} s");
}
