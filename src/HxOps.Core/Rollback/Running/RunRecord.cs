using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace HxOps.Rollback.Running;

/// <summary>One line of a run's journal.</summary>
internal sealed record RunRecord
{
    /// <summary>What happened.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required RunRecordKind Kind { get; init; }

    /// <summary>When.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required DateTimeOffset TimeUtc { get; init; }

    /// <summary>The step concerned; empty for the run as a whole.</summary>
    public string Step { get; init; } = "";

    /// <summary>Which way of doing it: 0 its action, 1 its alternative.</summary>
    public int Way { get; init; }

    /// <summary>Which attempt, from 1.</summary>
    public int Attempt { get; init; }

    /// <summary>What was found or why it failed, without secrets.</summary>
    public string Finding { get; init; } = "";

    /// <summary>Whether the step's observations held before its effect; null when nobody looked.</summary>
    public bool? HeldBefore { get; init; }

    /// <summary>Whether a failure was a refusal, before anything changed.</summary>
    public bool IsRefusal { get; init; }

    /// <summary>What undoing needs to know, or the run's values for <see cref="RunRecordKind.Started"/>.</summary>
    public ImmutableSortedDictionary<string, string>? Notes { get; init; }

    /// <summary>How the run ended, for <see cref="RunRecordKind.Ended"/>.</summary>
    public RunOutcome? Outcome { get; init; }
}

/// <summary>What happened.</summary>
internal enum RunRecordKind
{
    /// <summary>The run began; notes: plan, scenario and values.</summary>
    Started,

    /// <summary>A later process took the run on.</summary>
    Resumed,

    /// <summary>Somebody agreed.</summary>
    Approved,

    /// <summary>The step was not needed.</summary>
    Skipped,

    /// <summary>What undoing the step needs is safe on disk.</summary>
    UndoPrepared,

    /// <summary>The effect is about to happen: from here on it is in doubt until the next record.</summary>
    Intended,

    /// <summary>The effect has happened and has not been observed yet.</summary>
    Effected,

    /// <summary>The effect has been observed.</summary>
    Done,

    /// <summary>An attempt failed.</summary>
    Failed,

    /// <summary>The user stopped the run where the plan says that things are left as they are.</summary>
    Halted,

    /// <summary>From here on everything is taken back.</summary>
    Compensating,

    /// <summary>A step is about to be taken back.</summary>
    UndoIntended,

    /// <summary>A step has been taken back.</summary>
    UndoDone,

    /// <summary>A step could not be taken back.</summary>
    UndoFailed,

    /// <summary>The run ended.</summary>
    Ended,
}

[JsonSourceGenerationOptions(UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(RunRecord))]
internal sealed partial class RunJson : JsonSerializerContext;
