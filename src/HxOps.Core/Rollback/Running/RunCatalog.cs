using System.Collections.Immutable;
using HxOps.Files;

namespace HxOps.Rollback.Running;

/// <summary>Knows the runs that were made.</summary>
public sealed class RunCatalog(DeploymentContext context)
{
    /// <summary>All runs, newest first.</summary>
    /// <exception cref="Errors.HxException">RollbackJournalDamaged.</exception>
    public ImmutableArray<RunInfo> List()
    {
        var isHeld = DeploymentLock.Holder(RunFolder.StateOf(context)) is not null;
        return [.. RunFolder.List(context).Select(folder => Info(folder, isHeld))];
    }

    private static RunInfo Info(RunFolder folder, bool isHeld)
    {
        var records = RunJournal.Read(folder.Journal);
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

    /// <summary>When it began.</summary>
    public required DateTimeOffset StartedUtc { get; init; }

    /// <summary>How long it has worked.</summary>
    public required TimeSpan Elapsed { get; init; }

    /// <summary>The local folder with its journal.</summary>
    public required string Folder { get; init; }
}
