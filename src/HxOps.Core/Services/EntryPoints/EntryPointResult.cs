using System.Collections.Immutable;
using HxOps.Errors;
using HxOps.Gateway;

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
        _ => ExitCode.Inconsistent,
    };

    /// <summary>Why it was taken back; empty when it was not.</summary>
    public string Reason { get; init; } = "";

    /// <summary>What was to run.</summary>
    public required EntryPoint Wanted { get; init; }

    /// <summary>The command line of the running main process, read from the kernel; empty when none runs.</summary>
    public string RunningCommand { get; init; } = "";

    /// <summary>The main process, or null.</summary>
    public int? MainProcessId { get; init; }

    /// <summary>What its health answered.</summary>
    public GateReport? Health { get; init; }

    /// <summary>The unit's last log lines when it was taken back.</summary>
    public ImmutableArray<LogLine> Log { get; init; } = [];

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

    /// <summary>The unit ran it already.</summary>
    AlreadyThere,

    /// <summary>It did not become healthy and the drop-in before it is back.</summary>
    RolledBack,

    /// <summary>The way back failed too.</summary>
    Inconsistent,
}
