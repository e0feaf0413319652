using System.Collections.Immutable;

namespace HxOps.Rollback.Criteria;

/// <summary>When to roll back, as a plan says it. Data only: another product has other criteria, never other code.</summary>
/// <param name="Tiers">The tiers; the most severe one of which a rule matches wins.</param>
/// <param name="Tree">The questions of the decision tree, in the order in which they are asked.</param>
public sealed record RollbackCriteria(ImmutableArray<CriteriaTier> Tiers, ImmutableArray<TreeQuestion> Tree);

/// <summary>Conditions of equal urgency; one that matches is enough.</summary>
/// <param name="Decision">What follows from a match.</param>
/// <param name="Deadline">Within which time it has to be done; null when there is none.</param>
/// <param name="Rules">The conditions.</param>
public sealed record CriteriaTier(Decision Decision, TimeSpan? Deadline, ImmutableArray<CriteriaRule> Rules);

/// <summary>One condition on one signal.</summary>
/// <param name="Name">How people call it, such as <c>Error Rate &gt; 5%</c>; unique within the criteria.</param>
/// <param name="Signal">Name of the signal.</param>
/// <param name="Comparison">How the signal is judged.</param>
/// <param name="Limit">What a number is compared with; the limit itself never matches. Zero for a flag.</param>
/// <param name="While">Name of a flag that must be true as well, or null.</param>
public sealed record CriteriaRule(string Name, string Signal, Comparison Comparison, double Limit, string? While);

/// <summary>How a signal is judged. There is no "at least": every limit of the plans is strict.</summary>
public enum Comparison
{
    /// <summary>The flag is true.</summary>
    IsTrue,

    /// <summary>The number is greater than the limit.</summary>
    Above,

    /// <summary>The number is less than the limit.</summary>
    Below,
}

/// <summary>A question of the decision tree. A yes ends the path, a no leads to the next question.</summary>
/// <param name="Text">The question.</param>
/// <param name="Rules">Names of the rules of which one must match for a yes; empty for the last question, whose yes is a decision to fix forward.</param>
/// <param name="Yes">Where a yes leads.</param>
/// <param name="No">Where a no leads when no question follows; empty otherwise.</param>
public sealed record TreeQuestion(string Text, ImmutableArray<string> Rules, string Yes, string No);
