using System.Collections.Immutable;
using HxOps.Files;
using HxOps.Services.Units;

namespace HxOps.Deployments.Validation;

/// <summary>The configuration as the rules see it: files that are missing or malformed are null, and were reported by the loader.</summary>
internal sealed record ConfigurationSnapshot
{
    /// <summary>What the gateway is.</summary>
    public required Deployment Deployment { get; init; }

    /// <summary>Where things lie that no checkpoint holds, such as the Python environment.</summary>
    public required HostRoot Host { get; init; }

    /// <summary>LiteLLM's config.yaml.</summary>
    public YamlFile? LiteLlm { get; init; }

    /// <summary>The wrapper's routing.yaml.</summary>
    public YamlFile? Routing { get; init; }

    /// <summary>The wrapper's model_registry.yaml.</summary>
    public YamlFile? Registry { get; init; }

    /// <summary>The environment file.</summary>
    public EnvironmentFile? Environment { get; init; }

    /// <summary>The services of the deployment whose unit files are there.</summary>
    public ImmutableArray<ServiceUnit> Services { get; init; } = [];

    /// <summary>The YAML files that could be read.</summary>
    public IEnumerable<YamlFile> YamlFiles => new[] { LiteLlm, Routing, Registry }.OfType<YamlFile>();
}

/// <summary>An environment file that could be read.</summary>
/// <param name="HostPath">Its host path.</param>
/// <param name="Lines">Its assignments.</param>
internal sealed record EnvironmentFile(string HostPath, ImmutableArray<EnvironmentLine> Lines);

/// <summary>A service with its drop-ins, and the environment that it is given.</summary>
/// <param name="Name">Full unit name.</param>
/// <param name="Settings">What its files say.</param>
/// <param name="Environment">Variables from its files and environment files, as far as they could be read.</param>
internal sealed record ServiceUnit(string Name, ServiceSettings Settings, ImmutableDictionary<string, string> Environment);
