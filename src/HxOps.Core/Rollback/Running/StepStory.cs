using System.Collections.Immutable;

namespace HxOps.Rollback.Running;

/// <summary>What a journal tells about one step.</summary>
internal sealed record StepStory
{
    /// <summary>Nothing has happened yet.</summary>
    public static StepStory Pending { get; } = new();

    /// <summary>The last thing that happened to it; null when nothing has.</summary>
    public RunRecordKind? Last { get; private init; }

    /// <summary>Which way was taken last.</summary>
    public int Way { get; private init; }

    /// <summary>The last attempt of that way.</summary>
    public int Attempt { get; private init; }

    /// <summary>Attempts of both ways.</summary>
    public int Attempts { get; private init; }

    /// <summary>Whether the observations held before the effect.</summary>
    public bool? HeldBefore { get; private init; }

    /// <summary>What was found last.</summary>
    public string Finding { get; private init; } = "";

    /// <summary>What undoing needs, by way.</summary>
    public ImmutableSortedDictionary<int, ImmutableSortedDictionary<string, string>> UndoNotes { get; private init; } =
        ImmutableSortedDictionary<int, ImmutableSortedDictionary<string, string>>.Empty;

    /// <summary>The ways whose effect may have happened, in order.</summary>
    public ImmutableSortedSet<int> Touched { get; private init; } = [];

    private ImmutableSortedSet<int> TouchedBefore { get; init; } = [];

    /// <summary>When it was first noted.</summary>
    public DateTimeOffset? FirstUtc { get; private init; }

    /// <summary>When it was last noted before anything was taken back.</summary>
    public DateTimeOffset? LastUtc { get; private init; }

    /// <summary>Whether it was seen to be done.</summary>
    public bool IsDone { get; private init; }

    /// <summary>Whether it was not needed.</summary>
    public bool IsSkipped => Last == RunRecordKind.Skipped;

    /// <summary>Whether it has been taken back, or nothing could be done about it.</summary>
    public bool IsUndone { get; private init; }

    /// <summary>Whether taking it back failed.</summary>
    public bool UndoFailed { get; private init; }

    /// <summary>Whether its last attempt got to its effect, which nobody has seen.</summary>
    public bool IsUnseen { get; private init; }

    /// <summary>The step after a record.</summary>
    public StepStory With(RunRecord record)
    {
        var next = this with { FirstUtc = FirstUtc ?? record.TimeUtc };
        return record.Kind switch
        {
            RunRecordKind.UndoIntended => next,
            RunRecordKind.UndoDone => next with { IsUndone = true },
            RunRecordKind.UndoFailed => next with { IsUndone = true, UndoFailed = true, Finding = record.Finding },
            RunRecordKind.UndoPrepared => next with { UndoNotes = UndoNotes.SetItem(record.Way, record.Notes!) },
            RunRecordKind.Intended => next with
            {
                Last = record.Kind,
                Way = record.Way,
                Attempt = record.Attempt,
                Attempts = Attempts + 1,
                HeldBefore = record.HeldBefore,
                Touched = Touched.Add(record.Way),
                TouchedBefore = Touched,
                LastUtc = record.TimeUtc,
                IsUnseen = false,
            },
            _ => next with
            {
                Last = record.Kind,
                Finding = record.Finding,
                Touched = record.IsRefusal && Last == RunRecordKind.Intended ? TouchedBefore : Touched, // An attempt that was refused has changed nothing.
                LastUtc = record.TimeUtc,
                IsDone = record.Kind == RunRecordKind.Done,
                IsUnseen = record.Kind == RunRecordKind.Effected || (IsUnseen && record.Kind == RunRecordKind.Failed),
            },
        };
    }
}
