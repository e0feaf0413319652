using System.Collections.Immutable;
using HxOps.Gateway;

namespace HxOps.Deployments;

/// <summary>
/// What a gateway is: where it lies, of which files it consists, which units run it and how its health is told.
/// Read from one YAML file; another gateway is another file, never another code path. All paths are host paths.
/// </summary>
public sealed record Deployment
{
    /// <summary>Name by which commands choose it.</summary>
    public required string Name { get; init; }

    /// <summary>One line on what it is.</summary>
    public string Description { get; init; } = "";

    /// <summary>The host it runs on, for reports; not looked up.</summary>
    public string? Host { get; init; }

    /// <summary>The folder that relative paths of the file start from.</summary>
    public required string Root { get; init; }

    /// <summary>Where checkpoints are kept, and how many.</summary>
    public required BackupPolicy Backups { get; init; }

    /// <summary>The parts of which a checkpoint consists.</summary>
    public required ImmutableArray<Component> Components { get; init; }

    /// <summary>The units that run the gateway, in the order in which they are started; they are stopped in reverse.</summary>
    public required ImmutableArray<ManagedUnit> Units { get; init; }

    /// <summary>Services that are asked over HTTP, by name.</summary>
    public required ImmutableArray<Endpoint> Endpoints { get; init; }

    /// <summary>Secrets by name; their values come from the environment.</summary>
    public required ImmutableArray<Secret> Secrets { get; init; }

    /// <summary>The Python environment whose packages a checkpoint records, or null.</summary>
    public PythonEnvironment? Python { get; init; }

    /// <summary>The files that offline validation reads.</summary>
    public required ConfigurationFiles Configuration { get; init; }

    /// <summary>The service that HxOps can install and whose entry point it can set back, or null.</summary>
    public GatewayService? Service { get; init; }

    /// <summary>The probes that make the gate.</summary>
    public required ImmutableArray<ProbeDefinition> Probes { get; init; }

    /// <summary>The local path of the file this was read from.</summary>
    public required string Source { get; init; }

    /// <summary>The environment variables that the file refers to, without their values.</summary>
    public ImmutableArray<string> Variables { get; init; } = [];

    /// <summary>The endpoint called <paramref name="name"/>; the reader has made sure that it exists.</summary>
    public Endpoint Endpoint(string name) => Endpoints.First(endpoint => endpoint.Name == name);
}

/// <summary>Where checkpoints are kept, and how many.</summary>
/// <param name="Folder">The folder, a host path.</param>
/// <param name="CheckpointPrefix">File name prefix of checkpoints, such as <c>gw-checkpoint-</c>.</param>
/// <param name="SafetyPrefix">File name prefix of safety checkpoints taken before a restore, such as <c>pre-restore-</c>.</param>
/// <param name="Keep">How many of each a pruning keeps unless told otherwise.</param>
public sealed record BackupPolicy(string Folder, string CheckpointPrefix, string SafetyPrefix, int Keep);

/// <summary>A Python environment.</summary>
/// <param name="Path">The environment's folder, a host path.</param>
/// <param name="Package">The package whose version is recorded by itself, such as <c>litellm</c>.</param>
public sealed record PythonEnvironment(string Path, string Package);

/// <summary>A service that is asked over HTTP.</summary>
/// <param name="Name">Name by which probes refer to it.</param>
/// <param name="Url">Base address without a trailing slash.</param>
/// <param name="Layer">Which part of the gateway answers there.</param>
/// <param name="Secret">Name of the secret sent as a bearer token, or null for none.</param>
public sealed record Endpoint(string Name, Uri Url, GatewayLayer Layer, string? Secret);

/// <summary>A secret, by reference.</summary>
/// <param name="Name">Name by which endpoints refer to it.</param>
/// <param name="Variable">The environment variable that holds the value.</param>
/// <param name="Default">The documented development value, used when the variable is unset; never printed.</param>
public sealed record Secret(string Name, string Variable, string? Default)
{
    /// <inheritdoc/>
    public override string ToString() => $"Secret {{ Name = {Name}, Variable = {Variable} }}";
}

/// <summary>The files that offline validation reads; null where the deployment has none.</summary>
/// <param name="LiteLlm">LiteLLM's config.yaml.</param>
/// <param name="Routing">The wrapper's routing.yaml.</param>
/// <param name="ModelRegistry">The wrapper's model_registry.yaml.</param>
/// <param name="EnvironmentFile">The environment file of the units.</param>
public sealed record ConfigurationFiles(string? LiteLlm, string? Routing, string? ModelRegistry, string? EnvironmentFile);
