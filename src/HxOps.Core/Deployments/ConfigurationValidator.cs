using System.Collections.Immutable;

namespace HxOps.Deployments;

/// <summary>Validates the gateway's configuration files without running anything.</summary>
public sealed class ConfigurationValidator(DeploymentContext context)
{
    /// <summary>All findings by file and line; the root of the context may be a scratch folder.</summary>
    public ImmutableArray<ConfigurationFinding> Validate() => throw new NotImplementedException(context.ToString());
}
