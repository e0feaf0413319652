using System.Collections.Immutable;
using HxOps.Errors;
using HxOps.Gateway;
using HxOps.Reporting;

namespace HxOps.Restoring;

/// <summary>What a restore did.</summary>
public sealed record RestoreResult
{
    /// <summary>The restore's id, by which it can be undone: <c>restore-20250818T175013Z</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The checkpoint that was restored.</summary>
    public required string Checkpoint { get; init; }

    /// <summary>How it ended.</summary>
    public required RestoreOutcome Outcome { get; init; }

    /// <summary>The exit code of a command that ends with this result.</summary>
    public ExitCode ExitCode => Outcome switch
    {
        RestoreOutcome.Restored or RestoreOutcome.AlreadyThere => ExitCode.Done,
        RestoreOutcome.RestoredUnproven => ExitCode.VerificationFailed,
        RestoreOutcome.RolledBack => ExitCode.RolledBack,
        _ => ExitCode.Inconsistent,
    };

    /// <summary>The safety checkpoint taken before, from which it can be undone; null when nothing had to change.</summary>
    public string? SafetyCheckpoint { get; init; }

    /// <summary>Paths created, replaced, removed or given other metadata.</summary>
    public required int Changed { get; init; }

    /// <summary>Paths that were as the checkpoint says already.</summary>
    public required int Unchanged { get; init; }

    /// <summary>Until when it has to be confirmed lest its guard undoes it; null when no guard was wanted, or it does not stand.</summary>
    public DateTimeOffset? ConfirmByUtc { get; init; }

    /// <summary>What the gate found; null when it was not asked.</summary>
    public GateReport? Gate { get; init; }

    /// <summary>Why it did not end as wanted, in one sentence; null when it did.</summary>
    public string? Reason { get; init; }

    /// <summary>The same as a failure with id and remedy, as scripts look for it in any document; null when all is well.</summary>
    public ErrorReport? Error => RestoreOutcomeErrors.Of(this) is { } failure ? ErrorReport.Of(failure) : null;

    /// <summary>What was done, with real times, in order.</summary>
    public required ImmutableArray<RestoreStep> Steps { get; init; }

    /// <summary>When it began.</summary>
    public required DateTimeOffset StartedUtc { get; init; }

    /// <summary>How long it took in all.</summary>
    public required TimeSpan Elapsed { get; init; }
}

/// <summary>How a restore ended.</summary>
public enum RestoreOutcome
{
    /// <summary>Restored, and the gate passed or was not wanted.</summary>
    Restored,

    /// <summary>Nothing had to change.</summary>
    AlreadyThere,

    /// <summary>Restored; the gate did not pass and the caller wanted no way back, or the restore was interrupted before the gate had spoken.</summary>
    RestoredUnproven,

    /// <summary>The gate or a step failed and the state before is back.</summary>
    RolledBack,

    /// <summary>The way back failed as well; <c>Repair-HxRestore</c> is needed.</summary>
    Inconsistent,
}

/// <summary>One thing a restore did.</summary>
/// <param name="Name">What.</param>
/// <param name="Elapsed">How long it took.</param>
public sealed record RestoreStep(string Name, TimeSpan Elapsed);
