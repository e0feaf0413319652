using System.Collections.Immutable;
using HxOps.Reporting;

namespace HxOps.Deployments.Preflight;

/// <summary>Which checks belong to which list, in the order in which they are told.</summary>
internal static class PreflightLists
{
    /// <summary>The checks of a list.</summary>
    internal static ImmutableArray<IPreflightCheck> Of(PreflightScope scope, IProgress<HxEvent> events) => scope switch
    {
        PreflightScope.Startup => [new VirtualEnvironmentCheck(), new PermissionsCheck(), new PortsCheck(), new ConfigurationCheck()],
        PreflightScope.Production =>
        [
            new VirtualEnvironmentCheck(),
            new ServiceCheck(),
            new ConfigurationCheck(),
            new HealthCheck(events),
            new LogRotationCheck(),
            new AlertsCheck(),
            new FirewallCheck(),
            new TlsCheck(),
        ],
        _ =>
        [
            new RequiredSourcesCheck(),
            new BackupFolderCheck(),
            new OwnersCheck(),
            new VirtualEnvironmentCheck(),
            new PermissionsCheck(),
            new ConfigurationCheck(),
            new UnitsCheck(),
            new ServiceCheck(),
            new PortsCheck(),
            new HealthCheck(events),
            new SecretsCheck(),
            new LogRotationCheck(),
            new LogForwardingCheck(),
            new AlertsCheck(),
            new FirewallCheck(),
            new TlsCheck(),
        ],
    };
}
