using System.Collections.Immutable;
using HxOps.Errors;
using HxOps.Gateway;
using HxOps.Reporting;

namespace HxOps.Services.EntryPoints;

/// <summary>What setting an entry point came to.</summary>
public sealed record EntryPointResult
{
    /// <summary>Full unit name.</summary>
    public required string Id { get; init; }

    /// <summary>How it ended.</summary>
    public required EntryPointOutcome Outcome { get; init; }

    /// <summary>The exit code of a command that ends with this result.</summary>
    public ExitCode ExitCode => Outcome switch
    {
        EntryPointOutcome.Set or EntryPointOutcome.AlreadyThere => ExitCode.Done,
        EntryPointOutcome.RolledBack => ExitCode.RolledBack,
        EntryPointOutcome.Unproven or EntryPointOutcome.NotRehearsed => ExitCode.VerificationFailed,
        _ => ExitCode.Inconsistent,
    };

    /// <summary>Why it did not prove itself, and how the one before fares; empty when all is well.</summary>
    public string Reason { get; init; } = "";

    /// <summary>The same as a failure with id and remedy, as scripts look for it in any document; null when all is well.</summary>
    public ErrorReport? Error => EntryPointOutcomeErrors.Of(this) is { } failure ? ErrorReport.Of(failure) : null;

    /// <summary>What was to run.</summary>
    public required EntryPoint Wanted { get; init; }

    /// <summary>The drop-in that was written, a host path.</summary>
    public required string DropIn { get; init; }

    /// <summary>Whether the unit was restarted, for the better or not.</summary>
    public bool WasRestarted { get; init; }

    /// <summary>What was wrong with the wanted one's health, or its healthy answers; null when it was not asked.</summary>
    public GateReport? Health { get; init; }

    /// <summary>The command line of the main process that runs now, read from the kernel; empty when none runs.</summary>
    public string RunningCommand { get; init; } = "";

    /// <summary>The main process that runs now, or null.</summary>
    public int? MainProcessId { get; init; }

    /// <summary>What answers now: <see cref="Health"/>, or the health of the one before when that is back; null when it was not asked.</summary>
    public GateReport? HealthNow { get; init; }

    /// <summary>The unit's last log lines when the wanted one did not prove itself.</summary>
    public ImmutableArray<LogLine> Log { get; init; } = [];

    /// <summary>The rehearsal before it; null when none was asked for.</summary>
    public RehearsalReport? Rehearsal { get; init; }

    /// <summary>When it began.</summary>
    public required DateTimeOffset StartedUtc { get; init; }

    /// <summary>How long it took until proven, or until it was back.</summary>
    public required TimeSpan Elapsed { get; init; }
}

/// <summary>How setting an entry point ended.</summary>
public enum EntryPointOutcome
{
    /// <summary>Set, running and healthy: all three seen.</summary>
    Set,

    /// <summary>The unit ran it already: seen, and healthy.</summary>
    AlreadyThere,

    /// <summary>The files said so already, and it is not proven; no file was changed. A unit that ran something else was restarted.</summary>
    Unproven,

    /// <summary>The rehearsal did not prove it; nothing was changed.</summary>
    NotRehearsed,

    /// <summary>It did not become healthy and the drop-in before it is back.</summary>
    RolledBack,

    /// <summary>The way back failed too.</summary>
    Inconsistent,
}
