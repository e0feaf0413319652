using System.Collections.Immutable;
using HxOps.Reporting;

namespace HxOps.Rollback.Running;

/// <summary>Journal and story of a run in one: what is noted is on disk first, and then known. No secret gets into either.</summary>
internal sealed class RunBook(RunJournal journal, RunStory story, TimeProvider clock, Redactor redactor)
{
    private const int LongestFinding = 2000;

    /// <summary>What is known.</summary>
    public RunStory Story => story;

    /// <summary>Notes something about a step.</summary>
    public void Note(RunRecordKind kind, string step, StepNote note) => Note(new RunRecord
    {
        Kind = kind,
        TimeUtc = clock.GetUtcNow(),
        Step = step,
        Way = note.Way,
        Attempt = note.Attempt,
        Finding = note.Finding,
        HeldBefore = note.HeldBefore,
        IsRefusal = note.IsRefusal,
        Notes = note.Undo,
    });

    /// <summary>Notes something about the run as a whole.</summary>
    public void Note(RunRecordKind kind, string finding, RunOutcome? outcome) =>
        Note(new RunRecord { Kind = kind, TimeUtc = clock.GetUtcNow(), Finding = finding, Outcome = outcome });

    /// <summary>Notes a record.</summary>
    public void Note(RunRecord record)
    {
        var finding = redactor.Redact(record.Finding);
        var clean = record with { Finding = finding.Length <= LongestFinding ? finding : finding[..LongestFinding] + "..." };
        journal.Append(clean);
        story.Add(clean);
    }
}

/// <summary>What is noted about a step.</summary>
internal sealed record StepNote
{
    public static StepNote Empty { get; } = new();

    public int Way { get; init; }

    public int Attempt { get; init; }

    public string Finding { get; init; } = "";

    public bool? HeldBefore { get; init; }

    public bool IsRefusal { get; init; }

    public ImmutableSortedDictionary<string, string>? Undo { get; init; }
}
