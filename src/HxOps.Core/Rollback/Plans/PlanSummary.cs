using System.Collections.Immutable;
using HxOps.Reporting;

namespace HxOps.Rollback.Plans;

/// <summary>A plan as a listing shows it.</summary>
public sealed record PlanSummary
{
    /// <summary>Name of the plan.</summary>
    public required string Id { get; init; }

    /// <summary>One line on what it is for.</summary>
    public required string Description { get; init; }

    /// <summary>Who keeps it right.</summary>
    public required string Owner { get; init; }

    /// <summary>Version of the plan itself.</summary>
    public required string Version { get; init; }

    /// <summary>How often it is read again; empty when nobody has said.</summary>
    public required string Review { get; init; }

    /// <summary>Time within which service should be back.</summary>
    public required TimeSpan Target { get; init; }

    /// <summary>The longest that any scenario may take.</summary>
    public required TimeSpan Budget { get; init; }

    /// <summary>Its ways to roll back; the first one is meant when none is named.</summary>
    public required ImmutableArray<ScenarioSummary> Scenarios { get; init; }

    /// <summary>Whether it says when to roll back at all.</summary>
    public required bool HasCriteria { get; init; }

    /// <summary>Who can be asked.</summary>
    public required ImmutableArray<PlanContact> Contacts { get; init; }

    /// <summary>Who is called in as time passes.</summary>
    public required ImmutableArray<EscalationLevel> Escalation { get; init; }

    /// <summary>The values that a caller may set, without secrets.</summary>
    public required ImmutableSortedDictionary<string, string> Values { get; init; }

    /// <summary>Where it was read from.</summary>
    public required string Source { get; init; }

    /// <summary>The summary of a plan.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="context">The deployment, whose secrets stay out.</param>
    public static PlanSummary Of(RollbackPlan plan, DeploymentContext context) => Of(plan, PlanRedaction.For(context, plan));

    private static PlanSummary Of(RollbackPlan plan, Redactor redactor) => new()
    {
        Id = plan.Name,
        Description = plan.Description,
        Owner = plan.Owner,
        Version = plan.Version,
        Review = plan.Review,
        Target = plan.Target,
        Budget = plan.Budget,
        Scenarios = [.. plan.Scenarios.Select(scenario => ScenarioSummary.Of(plan, scenario, redactor))],
        HasCriteria = plan.Criteria is not null,
        Contacts = plan.Contacts,
        Escalation = plan.Escalation,
        Values = plan.Values.ToImmutableSortedDictionary(pair => pair.Key, pair => redactor.Redact(pair.Value)),
        Source = plan.Source,
    };
}

/// <summary>A scenario as a listing shows it.</summary>
/// <param name="Id">Name by which commands choose it.</param>
/// <param name="Description">For which issue it is meant.</param>
/// <param name="Budget">The longest it may take.</param>
/// <param name="Steps">Names of its steps, in order.</param>
/// <param name="Lines">What would be done, as -WhatIf tells it.</param>
public sealed record ScenarioSummary(string Id, string Description, TimeSpan Budget, ImmutableArray<string> Steps, ImmutableArray<string> Lines)
{
    /// <summary>The summary of a scenario.</summary>
    internal static ScenarioSummary Of(RollbackPlan plan, PlanScenario scenario, Redactor redactor) => new(
        scenario.Name, scenario.Description, scenario.Budget, [.. scenario.Steps.Select(step => step.Name)], [.. PlanText.Lines(plan, scenario).Select(redactor.Redact)]);
}
