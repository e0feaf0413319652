using System.Collections.Immutable;
using HxOps.Rollback.Running;

namespace HxOps.Rollback.Checking;

/// <summary>What a test of a plan found.</summary>
public sealed record PlanReport
{
    /// <summary>Name of the plan.</summary>
    public required string Id { get; init; }

    /// <summary>Whether nothing speaks against running it here, and every rehearsal succeeded.</summary>
    public bool Passed => Findings.All(finding => finding.Severity != PlanSeverity.Error) && Rehearsals.All(rehearsal => rehearsal.Passed);

    /// <summary>What was found, worst first.</summary>
    public required ImmutableArray<PlanFinding> Findings { get; init; }

    /// <summary>What the rehearsals came to; empty when none was asked for.</summary>
    public ImmutableArray<RehearsalResult> Rehearsals { get; init; } = [];

    /// <summary>Where the plan was read from.</summary>
    public required string Source { get; init; }

    /// <summary>The report in words, one finding a line, the verdict last.</summary>
    public IEnumerable<string> Describe()
    {
        foreach (var finding in Findings)
        {
            var place = finding.Place.Length > 0 ? finding.Place + ": " : "";
            yield return $"{(finding.Severity == PlanSeverity.Error ? "\u274c" : "\u2754")} {place}{finding.Message}";
        }

        foreach (var line in Rehearsals.SelectMany(rehearsal => rehearsal.Describe()))
        {
            yield return line;
        }

        yield return Passed ? $"\u2705 {Id} can run here." : $"\u274c {Id} cannot run here as it is.";
    }
}

/// <summary>Something that a test of a plan found.</summary>
/// <param name="Id">The rule, in PascalCase.</param>
/// <param name="Severity">Whether the plan can run all the same.</param>
/// <param name="Place">Scenario and step, as <c>emergency/flag-off</c>; empty for the plan as a whole.</param>
/// <param name="Message">What it is.</param>
public sealed record PlanFinding(string Id, PlanSeverity Severity, string Place, string Message);

/// <summary>Whether a plan can run all the same.</summary>
public enum PlanSeverity
{
    /// <summary>A step would fail.</summary>
    Error,

    /// <summary>Somebody should look at it before it is needed.</summary>
    Warning,
}

/// <summary>A rehearsal of one scenario.</summary>
/// <param name="Id">Name of the scenario.</param>
/// <param name="Passed">Whether it succeeded forwards, and was taken back whole after a failure behind its last step.</param>
/// <param name="Forward">How the run ended.</param>
/// <param name="Back">How the run with a failure at its end ended.</param>
/// <param name="NotRestored">Files that were not as before after the second run.</param>
/// <param name="StandIns">What was not done for real, and what stood in for it.</param>
/// <param name="Steps">The steps of the first run.</param>
/// <param name="Elapsed">Time of both runs.</param>
public sealed record RehearsalResult(
    string Id,
    bool Passed,
    RunOutcome Forward,
    RunOutcome Back,
    ImmutableArray<string> NotRestored,
    ImmutableArray<string> StandIns,
    ImmutableArray<StepResult> Steps,
    TimeSpan Elapsed)
{
    /// <summary>The rehearsal in words.</summary>
    public IEnumerable<string> Describe()
    {
        yield return $"{(Passed ? "\u2705" : "\u274c")} {Id}: {Forward} in the rehearsal, {Back} after a failure at its end";
        foreach (var file in NotRestored)
        {
            yield return $"   not as before: {file}";
        }

        foreach (var step in Steps.Where(step => step.State == Reporting.StepState.Failed))
        {
            yield return $"   {step.Id}: {step.Finding}";
        }

        foreach (var part in StandIns)
        {
            yield return $"   not for real: {part}";
        }
    }
}
