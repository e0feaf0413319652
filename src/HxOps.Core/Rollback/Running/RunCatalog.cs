using System.Collections.Immutable;
using HxOps.Errors;
using HxOps.Files.Locking;
using HxOps.Formats;

namespace HxOps.Rollback.Running;

/// <summary>Knows the runs that were made.</summary>
public sealed class RunCatalog(DeploymentContext context)
{
    /// <summary>All runs, newest first.</summary>
    /// <exception cref="HxException">RollbackJournalDamaged.</exception>
    public ImmutableArray<RunInfo> List()
    {
        var isHeld = DeploymentLock.Holder(RunFolder.StateOf(context)) is not null;
        return [.. RunFolder.List(context).Select(folder => Info(folder, isHeld)).OfType<RunInfo>()];
    }

    /// <summary>One run.</summary>
    /// <param name="id">Its id; null or empty means the newest.</param>
    /// <exception cref="HxException">RollbackNotFound with the nearest id.</exception>
    public RunInfo Find(string? id)
    {
        var runs = List();
        return runs.FirstOrDefault(run => string.IsNullOrEmpty(id) || run.Id == id) ?? throw new HxException(RunErrors.NotFound, id ?? "",
            string.IsNullOrEmpty(id) ? "There are no runs." : $"There is no run '{id}'{NearestName.Hint(id, runs.Select(run => run.Id))}.");
    }

    // A journal without a whole line is one of a run that never began: there is nothing to resume.
    private static RunInfo? Info(RunFolder folder, bool isHeld)
    {
        var records = RunJournal.Read(folder.Journal);
        if (records.IsEmpty)
        {
            return null;
        }

        var story = new RunStory(records);
        return new RunInfo
        {
            Id = folder.Id,
            Plan = story.Plan,
            Scenario = story.Scenario,
            Outcome = story.Outcome,
            IsInterrupted = story.Outcome is null && !isHeld,
            StartedUtc = story.StartedUtc,
            Elapsed = story.Worked,
            Reason = story.CompensationReason ?? story.Reason,
            Steps = [.. story.Steps.Select(step => RunReport.Step(step, story.Of(step)))],
            Folder = folder.Path,
        };
    }
}

/// <summary>A run as a listing shows it.</summary>
public sealed record RunInfo
{
    /// <summary>The run's id.</summary>
    public required string Id { get; init; }

    /// <summary>Name of the plan.</summary>
    public required string Plan { get; init; }

    /// <summary>Name of the scenario.</summary>
    public required string Scenario { get; init; }

    /// <summary>How it ended; null while it has not.</summary>
    public required RunOutcome? Outcome { get; init; }

    /// <summary>Whether its process has gone and left it unfinished, so that it can be resumed.</summary>
    public required bool IsInterrupted { get; init; }

    /// <summary>How it stands, in one word: its outcome, Interrupted or Running.</summary>
    public string State => Outcome?.ToString() ?? (IsInterrupted ? "Interrupted" : "Running");

    /// <summary>When it began.</summary>
    public required DateTimeOffset StartedUtc { get; init; }

    /// <summary>How long it has worked.</summary>
    public required TimeSpan Elapsed { get; init; }

    /// <summary>Why it was taken back or is no success; empty when it is one, and while it has not ended.</summary>
    public required string Reason { get; init; }

    /// <summary>The steps that were begun, in order.</summary>
    public required ImmutableArray<StepResult> Steps { get; init; }

    /// <summary>The local folder with its journal.</summary>
    public required string Folder { get; init; }
}
