using System.Collections.Immutable;

namespace HxOps.Deployments;

/// <summary>What a deployment file says, in the parts that operators choose by name. It names secrets and never holds one.</summary>
public sealed record DeploymentSummary
{
    /// <summary>The deployment's name.</summary>
    public required string Id { get; init; }

    /// <summary>One line on what it is.</summary>
    public required string Description { get; init; }

    /// <summary>The local path of the file.</summary>
    public required string Source { get; init; }

    /// <summary>The folder that its relative paths start from.</summary>
    public required string Root { get; init; }

    /// <summary>Where checkpoints are kept.</summary>
    public required string Backups { get; init; }

    /// <summary>How many of each kind a pruning keeps.</summary>
    public required int Keep { get; init; }

    /// <summary>Names of its components.</summary>
    public required ImmutableArray<string> Components { get; init; }

    /// <summary>Its units in starting order.</summary>
    public required ImmutableArray<string> Units { get; init; }

    /// <summary>Names of its probes.</summary>
    public required ImmutableArray<string> Probes { get; init; }

    /// <summary>Environment variables that hold its secrets.</summary>
    public required ImmutableArray<string> SecretVariables { get; init; }

    /// <summary>The summary of a deployment.</summary>
    public static DeploymentSummary Of(Deployment deployment) => new()
    {
        Id = deployment.Name,
        Description = deployment.Description,
        Source = deployment.Source,
        Root = deployment.Root,
        Backups = deployment.Backups.Folder,
        Keep = deployment.Backups.Keep,
        Components = [.. deployment.Components.Select(component => component.Name)],
        Units = [.. deployment.Units.Select(unit => unit.Name)],
        Probes = [.. deployment.Probes.Select(probe => probe.Name)],
        SecretVariables = [.. deployment.Secrets.Select(secret => secret.Variable).Distinct(StringComparer.Ordinal)],
    };
}
