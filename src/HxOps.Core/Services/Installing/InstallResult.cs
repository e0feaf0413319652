using System.Collections.Immutable;
using HxOps.Services.Operating;

namespace HxOps.Services.Installing;

/// <summary>What installing or removing the service came to; one that failed is an error instead, and the files before are back.</summary>
public sealed record InstallResult
{
    /// <summary>Full unit name.</summary>
    public required string Id { get; init; }

    /// <summary>How it ended.</summary>
    public required InstallOutcome Outcome { get; init; }

    /// <summary>What was done, in order; empty when nothing had to change.</summary>
    public required ImmutableArray<string> Steps { get; init; }

    /// <summary>What stayed as it was and deserves a word.</summary>
    public ImmutableArray<string> Notes { get; init; } = [];

    /// <summary>The unit as it is now.</summary>
    public required ServiceStatus Status { get; init; }

    /// <summary>What became of the start that was asked for, or null.</summary>
    public ServiceResult? Start { get; init; }

    /// <summary>When it began.</summary>
    public required DateTimeOffset StartedUtc { get; init; }

    /// <summary>How long it took.</summary>
    public required TimeSpan Elapsed { get; init; }
}

/// <summary>How an installation or a removal ended, seen at the service manager.</summary>
public enum InstallOutcome
{
    /// <summary>It was so already; nothing was changed.</summary>
    AlreadyThere,

    /// <summary>It was not there and is.</summary>
    Installed,

    /// <summary>It was there and is now as the deployment file describes it.</summary>
    Updated,

    /// <summary>It was there and is gone.</summary>
    Uninstalled,
}
