using HxOps.Reporting;

namespace HxOps.Services.EntryPoints;

/// <summary>A command that a unit runs, ran, or was meant to run, and where that is known from.</summary>
public sealed record EntryPoint
{
    /// <summary>By which it is chosen: <c>live</c>, a checkpoint's id, or <c>git:</c> and a short commit, with a path where that commit changed several files.</summary>
    public required string Id { get; init; }

    /// <summary>Full unit name.</summary>
    public required string Unit { get; init; }

    /// <summary>The effective <c>ExecStart</c>, drop-ins included, as the unit's files write it.</summary>
    public required string Command { get; init; }

    /// <summary>Name of the kind of program that the deployment file tells by it; empty where none fits.</summary>
    public required string Kind { get; init; }

    /// <summary>Where it is known from.</summary>
    public required EntryPointOrigin Origin { get; init; }

    /// <summary>The file and line that held it, a host path or a path in the repository.</summary>
    public required string File { get; init; }

    /// <summary>When it was recorded; null for the live host.</summary>
    public DateTimeOffset? RecordedUtc { get; init; }

    /// <summary>What the source says about it: a commit's subject, a checkpoint's note.</summary>
    public string Note { get; init; } = "";

    /// <summary>Whether it is what the live unit files say now.</summary>
    public bool IsCurrent { get; init; }

    /// <summary>The same, fit to be shown.</summary>
    internal EntryPoint Redacted(Redactor redactor) => this with { Command = redactor.Redact(Command), Note = redactor.Redact(Note) };
}

/// <summary>Where an entry point is known from.</summary>
public enum EntryPointOrigin
{
    /// <summary>The unit files of the host.</summary>
    Live,

    /// <summary>A checkpoint.</summary>
    Checkpoint,

    /// <summary>A safety checkpoint taken before a restore.</summary>
    SafetyCheckpoint,

    /// <summary>The git history of a unit file.</summary>
    Git,
}
