using System.Collections.Immutable;

namespace HxOps.Rollback.Plans;

/// <summary>One way to roll back.</summary>
/// <param name="Name">Name by which commands choose it.</param>
/// <param name="Description">For which issue it is meant.</param>
/// <param name="Budget">The longest it may take.</param>
/// <param name="Approvals">Roles of those who must agree before it begins.</param>
/// <param name="Steps">What is done, in order.</param>
/// <param name="Success">What must be seen at the end; without it the run is not a success.</param>
public sealed record PlanScenario(
    string Name,
    string Description,
    TimeSpan Budget,
    ImmutableArray<string> Approvals,
    ImmutableArray<PlanStep> Steps,
    ImmutableArray<PlanCondition> Success);
