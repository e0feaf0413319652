using System.Collections.Immutable;

namespace HxOps.Tools;

/// <summary>A container as the engine tells it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Service">The compose service that it belongs to; empty for none.</param>
/// <param name="Status">The engine's word: running, exited, restarting ...</param>
/// <param name="ExitCode">Its last exit code.</param>
/// <param name="Health">What its health check says: healthy, unhealthy, starting; null when it has none.</param>
/// <param name="Image">Id of its image.</param>
/// <param name="Environment">The environment that it was created with; it holds secrets.</param>
internal sealed record ContainerState(
    string Id, string Service, string Status, int ExitCode, string? Health, string Image, ImmutableSortedDictionary<string, string> Environment)
{
    /// <summary>Whether it runs.</summary>
    public bool IsRunning => Status == "running";

    /// <summary>Whether it runs, and is healthy where it has a health check.</summary>
    public bool IsHealthy => IsRunning && Health is null or "healthy";

    /// <summary>Its state in words.</summary>
    public string Describe() => !IsRunning ? $"{Service} is {Status}" : Health is null ? $"{Service} runs" : $"{Service} is {Health}";
}
