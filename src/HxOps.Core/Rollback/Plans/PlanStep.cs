using System.Collections.Immutable;

namespace HxOps.Rollback.Plans;

/// <summary>One step of a scenario.</summary>
public sealed record PlanStep
{
    /// <summary>Name, unique within the scenario.</summary>
    public required string Name { get; init; }

    /// <summary>What it is for; empty when its action says enough.</summary>
    public string Description { get; init; } = "";

    /// <summary>What is done.</summary>
    public required PlanAction Action { get; init; }

    /// <summary>The longest that one way of doing it may take, all attempts and the observation included.</summary>
    public required TimeSpan Budget { get; init; }

    /// <summary>How often it is tried.</summary>
    public int Attempts { get; init; } = 1;

    /// <summary>Another way, taken when every attempt has failed; it has the same budget again.</summary>
    public StepAlternative? Alternative { get; init; }

    /// <summary>What must hold for the step to be needed; it is skipped when one of these does not.</summary>
    public ImmutableArray<PlanCondition> When { get; init; } = [];

    /// <summary>What must become true after the action, within the budget.</summary>
    public ImmutableArray<PlanCondition> Observe { get; init; } = [];

    /// <summary>How it is taken back; null takes back what the action itself can.</summary>
    public PlanAction? Undo { get; init; }

    /// <summary>Whether success hangs on it.</summary>
    public StepImportance Importance { get; init; }

    /// <summary>What happens when it fails although it is required.</summary>
    public FailureRule OnFailure { get; init; }

    /// <summary>Whether doing it twice does no harm, so that an interrupted one may simply be done again.</summary>
    public bool IsRepeatable { get; init; }
}

/// <summary>Another way of doing a step.</summary>
/// <param name="Action">What is done instead.</param>
/// <param name="Observe">What must become true then.</param>
public sealed record StepAlternative(PlanAction Action, ImmutableArray<PlanCondition> Observe);

/// <summary>Whether success hangs on a step.</summary>
public enum StepImportance
{
    /// <summary>The run fails without it.</summary>
    Critical,

    /// <summary>Its failure is reported and the run goes on.</summary>
    Wanted,
}

/// <summary>What happens when a critical step fails.</summary>
public enum FailureRule
{
    /// <summary>What was done is taken back, in reverse.</summary>
    Compensate,

    /// <summary>The run stops and leaves things as they are.</summary>
    Stop,

    /// <summary>The run goes on; it cannot be a success any more.</summary>
    Continue,
}
