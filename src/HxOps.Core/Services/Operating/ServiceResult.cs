using HxOps.Gateway;

namespace HxOps.Services.Operating;

/// <summary>What became of an order; one that failed is an error instead.</summary>
public sealed record ServiceResult
{
    /// <summary>Full unit name.</summary>
    public required string Id { get; init; }

    /// <summary>The same, by which the next command of a pipeline takes it.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public string Unit => Id;

    /// <summary>What was done.</summary>
    public required ServiceOutcome Outcome { get; init; }

    /// <summary>The unit as it is now.</summary>
    public required ServiceStatus Status { get; init; }

    /// <summary>What it answered when its health was asked, or null when it was not.</summary>
    public GateReport? Health { get; init; }

    /// <summary>What else there is to say, such as that it had to be killed, or why its health was not asked; empty when there is nothing.</summary>
    public string Reason { get; init; } = "";

    /// <summary>When it began.</summary>
    public required DateTimeOffset StartedUtc { get; init; }

    /// <summary>How long it took.</summary>
    public required TimeSpan Elapsed { get; init; }
}

/// <summary>What was done with a unit, and seen to be done.</summary>
public enum ServiceOutcome
{
    /// <summary>It was so already.</summary>
    AlreadyThere,

    /// <summary>It was stopped and is active.</summary>
    Started,

    /// <summary>It ended when it was asked to.</summary>
    Stopped,

    /// <summary>It did not end when it was asked to, and was killed.</summary>
    Killed,

    /// <summary>It is active with another main process.</summary>
    Restarted,

    /// <summary>It took up its configuration and kept its main process.</summary>
    Reloaded,
}
