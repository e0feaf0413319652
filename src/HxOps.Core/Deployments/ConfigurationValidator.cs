using System.Collections.Immutable;
using HxOps.Deployments.Validation;
using HxOps.Files;

namespace HxOps.Deployments;

/// <summary>Validates the gateway's configuration files without running anything.</summary>
/// <param name="context">The deployment; its root may be a scratch folder that holds an extracted checkpoint.</param>
/// <param name="host">Where things lie that no checkpoint holds, such as the Python environment; null for the context's own root.</param>
public sealed class ConfigurationValidator(DeploymentContext context, HostRoot? host = null)
{
    private static readonly ImmutableArray<IConfigurationRule> Rules =
    [
        new LiteLlmShapeRule(),
        new RoutingShapeRule(),
        new RegistryShapeRule(),
        new DuplicateModelRule(),
        new UnknownModelRule(),
        new FailoverOrderRule(),
        new EnvironmentReferenceRule(),
        new PlaceholderRule(),
        new VirtualEnvironmentRule(),
        new PortClashRule(),
        new UpstreamRule(),
    ];

    /// <summary>All findings by file and line; the root of the context may be a scratch folder.</summary>
    public ImmutableArray<ConfigurationFinding> Validate()
    {
        var loader = new ConfigurationLoader(context, host ?? context.Root);
        var configuration = loader.Load();
        return
        [
            .. loader.Findings
                .Concat(Rules.SelectMany(rule => rule.Check(configuration)))
                .OrderBy(finding => finding.File, StringComparer.Ordinal)
                .ThenBy(finding => finding.Position.Line)
                .ThenBy(finding => finding.Position.Column),
        ];
    }
}
