namespace HxOps.Services.EntryPoints;

/// <summary>What the caller wants the unit to run.</summary>
public sealed record EntryPointRequest
{
    /// <summary>Id of a known entry point; null for the newest that differs from the live one.</summary>
    public string? Source { get; init; }

    /// <summary>Configuration file given to the program in place of the recorded one, a host path; null keeps the recorded one.</summary>
    public string? ConfigurationPath { get; init; }

    /// <summary>Path that its health is asked at, such as <c>/health</c>; null takes the deployment file's.</summary>
    public string? HealthPath { get; init; }

    /// <summary>Environment variable with the key that its health is asked with; null takes the deployment file's secret.</summary>
    public string? KeyVariable { get; init; }

    /// <summary>Status code that its health must answer with; null takes the deployment file's.</summary>
    public int? ExpectedStatus { get; init; }

    /// <summary>How long the unit may take to be proven healthy; null allows the service's start limit and the deadline of every question.</summary>
    public TimeSpan? Budget { get; init; }
}
