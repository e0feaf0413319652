using System.Collections.Immutable;
using HxOps.Reporting;

namespace HxOps.Deployments.Preflight;

/// <summary>Which checks belong to which list, in the order in which they are told.</summary>
internal static class PreflightLists
{
    /// <summary>The checks of a list.</summary>
    internal static ImmutableArray<IPreflightCheck> Of(PreflightScope scope, IProgress<HxEvent> events) => scope switch
    {
        PreflightScope.Startup => [new VirtualEnvironmentCheck(), new ConfigurationCheck(), new PortsCheck()],
        _ =>
        [
            new RequiredSourcesCheck(),
            new BackupFolderCheck(),
            new OwnersCheck(),
            new VirtualEnvironmentCheck(),
            new ConfigurationCheck(),
            new UnitsCheck(),
            new PortsCheck(),
            new HealthCheck(events),
            new SecretsCheck(),
        ],
    };
}
