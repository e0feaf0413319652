using System.Collections.Immutable;

namespace HxOps.Services;

/// <summary>Which part of the units' logs is wanted.</summary>
public sealed record LogRequest
{
    /// <summary>Full names of the units; empty means every unit of the deployment.</summary>
    public ImmutableArray<string> Units { get; init; } = [];

    /// <summary>How far back.</summary>
    public TimeSpan Since { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>At most so many last lines of each unit.</summary>
    public int Tail { get; init; } = 200;

    /// <summary>The least important lines wanted.</summary>
    public LogPriority Priority { get; init; } = LogPriority.Debug;

    /// <summary>What the lines are about.</summary>
    public LogTopic Topic { get; init; }

    /// <summary>A regular expression that the text must match, or null.</summary>
    public string? Pattern { get; init; }

    /// <summary>Whether every line is wanted.</summary>
    internal bool IsUnfiltered => Priority == LogPriority.Debug && Topic == LogTopic.All && Pattern is null;
}

/// <summary>Importance of a line, as syslog numbers it.</summary>
public enum LogPriority
{
    /// <summary>The system cannot be used.</summary>
    Emergency,

    /// <summary>Something must be done at once.</summary>
    Alert,

    /// <summary>A part has failed.</summary>
    Critical,

    /// <summary>An error.</summary>
    Error,

    /// <summary>A warning.</summary>
    Warning,

    /// <summary>Normal, and worth a note.</summary>
    Notice,

    /// <summary>Information.</summary>
    Information,

    /// <summary>For whoever seeks a fault.</summary>
    Debug,
}

/// <summary>What lines are about.</summary>
public enum LogTopic
{
    /// <summary>Anything.</summary>
    All,

    /// <summary>Starts of the service.</summary>
    Starts,

    /// <summary>Errors, exceptions and failures.</summary>
    Errors,

    /// <summary>Requests to the OpenAI-compatible interface, where the service logs them.</summary>
    Requests,
}
