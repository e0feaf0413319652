using System.Collections.Immutable;

namespace HxOps.Rollback.Running;

/// <summary>What a journal tells about a run: the state from which it goes on, after a crash as in the same process.</summary>
internal sealed class RunStory
{
    private readonly Dictionary<string, StepStory> _steps = new(StringComparer.Ordinal);
    private readonly List<string> _order = [];
    private readonly HashSet<string> _approved = new(StringComparer.Ordinal);
    private DateTimeOffset _sessionUtc;
    private DateTimeOffset _lastUtc;
    private TimeSpan _before;

    public RunStory(IEnumerable<RunRecord> records)
    {
        foreach (var record in records)
        {
            Add(record);
        }
    }

    /// <summary>When the run began.</summary>
    public DateTimeOffset StartedUtc { get; private set; }

    /// <summary>Name of the scenario.</summary>
    public string Scenario { get; private set; } = "";

    /// <summary>Name of the plan.</summary>
    public string Plan { get; private set; } = "";

    /// <summary>The values that the caller had set.</summary>
    public ImmutableSortedDictionary<string, string> Values { get; private set; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Why everything is being taken back; null while it is not.</summary>
    public string? CompensationReason { get; private set; }

    /// <summary>Whether the user's wish is that reason.</summary>
    public bool IsStopped { get; private set; }

    /// <summary>Why the user's stop left things as they were; null while nobody has stopped it so.</summary>
    public string? HaltReason { get; private set; }

    /// <summary>How it ended; null while it has not.</summary>
    public RunOutcome? Outcome { get; private set; }

    /// <summary>Why it is not a success; empty when it is, and while it has not ended.</summary>
    public string Reason { get; private set; } = "";

    /// <summary>Names of the steps that anything is known about, in the order in which they were begun.</summary>
    public IReadOnlyList<string> Steps => _order;

    /// <summary>When it ended, or the last thing it noted.</summary>
    public DateTimeOffset LastUtc => _lastUtc;

    /// <summary>Time that processes have worked on it, as far as the journal tells.</summary>
    public TimeSpan Worked => _before + (_lastUtc - _sessionUtc);

    /// <summary>Whether this role has agreed.</summary>
    public bool IsApprovedBy(string role) => _approved.Contains(role);

    /// <summary>What is known about a step.</summary>
    public StepStory Of(string step) => _steps.GetValueOrDefault(step) ?? StepStory.Pending;

    /// <summary>Takes a record into account.</summary>
    public void Add(RunRecord record)
    {
        switch (record.Kind)
        {
            case RunRecordKind.Started:
                (StartedUtc, _sessionUtc, _lastUtc) = (record.TimeUtc, record.TimeUtc, record.TimeUtc);
                (Plan, Scenario) = (record.Finding, record.Step);
                Values = record.Notes ?? Values;
                return;
            case RunRecordKind.Resumed:
                (_before, _sessionUtc) = (Worked, record.TimeUtc);
                (HaltReason, Outcome, Reason) = (null, null, "");
                break;
            case RunRecordKind.Approved:
                _approved.Add(record.Step);
                break;
            case RunRecordKind.Halted:
                HaltReason = record.Finding;
                break;
            case RunRecordKind.Compensating:
                CompensationReason = record.Finding;
                IsStopped = record.Outcome == RunOutcome.Stopped;
                break;
            case RunRecordKind.Ended:
                (Outcome, Reason) = (record.Outcome, record.Finding);
                break;
            default:
                if (!_steps.ContainsKey(record.Step))
                {
                    _order.Add(record.Step);
                }

                _steps[record.Step] = Of(record.Step).With(record);
                break;
        }

        _lastUtc = record.TimeUtc;
    }
}
