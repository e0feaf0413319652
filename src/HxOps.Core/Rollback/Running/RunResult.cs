using System.Collections.Immutable;
using System.Globalization;
using HxOps.Errors;
using HxOps.Reporting;

namespace HxOps.Rollback.Running;

/// <summary>What a run did.</summary>
public sealed record RunResult
{
    /// <summary>The run's id, by which it can be resumed: <c>rollback-20250818T175013Z</c>.</summary>
    public required string Id { get; init; }

    /// <summary>Name of the plan.</summary>
    public required string Plan { get; init; }

    /// <summary>Name of the scenario.</summary>
    public required string Scenario { get; init; }

    /// <summary>How it ended.</summary>
    public required RunOutcome Outcome { get; init; }

    /// <summary>Why it is not a success; empty when it is.</summary>
    public required ImmutableArray<string> Reasons { get; init; }

    /// <summary>The same as a failure with id and remedy, as scripts look for it in any document; null when all is well.</summary>
    public ErrorReport? Error => RunOutcomeErrors.Of(this) is { } failure ? ErrorReport.Of(failure) : null;

    /// <summary>Its steps in the order of the plan, with what was found.</summary>
    public required ImmutableArray<StepResult> Steps { get; init; }

    /// <summary>The local folder with its journal, announcements and saved files.</summary>
    public required string Folder { get; init; }

    /// <summary>When it began.</summary>
    public required DateTimeOffset StartedUtc { get; init; }

    /// <summary>How long it has worked, interruptions left out.</summary>
    public required TimeSpan Elapsed { get; init; }

    /// <summary>How the run went, in words: its steps, its outcome, its reasons.</summary>
    public IEnumerable<string> Describe()
    {
        foreach (var step in Steps)
        {
            yield return step.Describe();
        }

        yield return Outcome switch
        {
            RunOutcome.Succeeded => "\u2705 Rolled back, and everything required was seen.",
            RunOutcome.Inconclusive => "\u2754 Done, but not everything required was seen.",
            RunOutcome.RolledBack => "\u274c A step failed, and what was done has been taken back.",
            RunOutcome.Inconsistent => "\u274c A step failed, and not everything could be taken back.",
            RunOutcome.Stopped => "\u274c Stopped, and what was done has been taken back.",
            _ => "\u274c A step failed, or the run was stopped. What was done before still stands.",
        };
        foreach (var reason in Reasons)
        {
            yield return "   " + reason;
        }
    }

    /// <summary>The exit code of a command that ends with this result.</summary>
    public ExitCode ExitCode => Outcome switch
    {
        RunOutcome.Succeeded => ExitCode.Done,
        RunOutcome.Inconclusive => ExitCode.VerificationFailed,
        RunOutcome.RolledBack => ExitCode.RolledBack,
        RunOutcome.Inconsistent => ExitCode.Inconsistent,
        RunOutcome.Stopped => ExitCode.Stopped,
        _ => ExitCode.Failed,
    };
}

/// <summary>How a run ended.</summary>
public enum RunOutcome
{
    /// <summary>Every critical step was done and everything required was seen.</summary>
    Succeeded,

    /// <summary>Done, and something required was not seen.</summary>
    Inconclusive,

    /// <summary>A critical step failed, or the user stopped the run, and things were left as they were then, as the plan says.</summary>
    Failed,

    /// <summary>A critical step failed and what was done has been taken back.</summary>
    RolledBack,

    /// <summary>Something could not be taken back.</summary>
    Inconsistent,

    /// <summary>The user stopped it and what was done has been taken back.</summary>
    Stopped,
}

/// <summary>How a step of a run stands.</summary>
/// <param name="Id">The step's name.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Finding">What was found, or why it failed.</param>
/// <param name="Attempts">How often it was tried, both ways together.</param>
/// <param name="Elapsed">From the first attempt to the end.</param>
public sealed record StepResult(string Id, StepState State, string Finding, int Attempts, TimeSpan Elapsed)
{
    /// <summary>The step in words.</summary>
    public string Describe()
    {
        var time = string.Create(CultureInfo.InvariantCulture, $"{Elapsed.TotalSeconds:0.00} s");
        return State == StepState.Skipped
            ? $"   {Id}: {(Finding.Length > 0 ? Finding : "not reached")}"
            : $"{(State == StepState.Succeeded ? "\u2705" : "\u274c")} {Id} ({time}): {Finding}";
    }
}
