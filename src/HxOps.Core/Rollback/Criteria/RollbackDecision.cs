using System.Collections.Immutable;

namespace HxOps.Rollback.Criteria;

/// <summary>What follows from the signals.</summary>
public sealed record RollbackDecision
{
    /// <summary>The decision.</summary>
    public required Decision Decision { get; init; }

    /// <summary>Minutes within which it has to be carried out; null when the criteria set no time.</summary>
    public required int? DeadlineMinutes { get; init; }

    /// <summary>Which rules matched, most severe first; for <see cref="Decision.Undefined"/> first which gap the signals fall in.</summary>
    public required ImmutableArray<string> Reasons { get; init; }

    /// <summary>The path through the decision tree; empty when the criteria have none.</summary>
    public required ImmutableArray<TreeAnswer> Path { get; init; }

    /// <summary>The decision in words: what to do, why, and the path.</summary>
    public IEnumerable<string> Describe()
    {
        yield return Decision switch
        {
            Decision.Immediate => "Roll back at once" + Within(),
            Decision.WithinTheHour => "Roll back soon" + Within(),
            Decision.Consider => "Consider a rollback" + Within(),
            Decision.FixForward => "Do not roll back: fix forward" + Within(),
            Decision.Undefined => "The criteria do not say: a person decides.",
            _ => "Inconclusive: nothing is known.",
        };
        foreach (var reason in Reasons)
        {
            yield return "- " + reason;
        }

        foreach (var answer in Path)
        {
            var word = answer.Answer switch { true => "yes", false => "no", null => "not known" };
            yield return $"{answer.Question} {word}{(answer.Leads.Length > 0 ? ": " + answer.Leads : "")}";
        }
    }

    private string Within() => DeadlineMinutes is { } minutes ? $", within {minutes} minutes." : ".";
}

/// <summary>A decision; a smaller number is more severe.</summary>
public enum Decision
{
    /// <summary>Roll back at once.</summary>
    Immediate,

    /// <summary>Roll back within the hour.</summary>
    WithinTheHour,

    /// <summary>Weigh a rollback.</summary>
    Consider,

    /// <summary>The signals fall in a gap that no tier covers; the reasons say which. A person decides.</summary>
    Undefined,

    /// <summary>Mend it in the next release.</summary>
    FixForward,

    /// <summary>Nothing is known.</summary>
    Inconclusive,
}

/// <summary>A question of the decision tree, answered.</summary>
/// <param name="Question">The question.</param>
/// <param name="Answer">Yes, no, or null when the signals do not tell.</param>
/// <param name="Leads">Where that leads; empty when to the next question.</param>
public sealed record TreeAnswer(string Question, bool? Answer, string Leads);
