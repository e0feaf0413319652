using System.Collections.Immutable;

namespace HxOps.Services.Units;

/// <summary>Finds out which assignments of a unit's files hold: later lines win, lists grow, and an empty line resets a list.</summary>
internal static class UnitMerger
{
    /// <summary>Keys whose assignments add up; of every other key the last one holds.</summary>
    private static readonly ImmutableHashSet<string> Lists =
    [
        "ExecCondition", "ExecStartPre", "ExecStart", "ExecStartPost", "ExecReload", "ExecStop", "ExecStopPost",
        "Environment", "EnvironmentFile", "PassEnvironment", "UnsetEnvironment", "SuccessExitStatus", "RestartPreventExitStatus",
        "After", "Before", "Wants", "Requires", "Requisite", "BindsTo", "PartOf", "Upholds", "Conflicts", "OnFailure", "OnSuccess",
        "WantedBy", "RequiredBy", "Also", "Alias", "Documentation", "SupplementaryGroups", "ReadWritePaths", "ReadOnlyPaths",
        "InaccessiblePaths", "ExecPaths", "NoExecPaths", "BindPaths", "BindReadOnlyPaths", "RuntimeDirectory", "StateDirectory",
        "CacheDirectory", "LogsDirectory", "ConfigurationDirectory", "CapabilityBoundingSet", "AmbientCapabilities", "SystemCallFilter",
        "RestrictAddressFamilies", "LoadCredential", "SetCredential", "DeviceAllow", "IPAddressAllow", "IPAddressDeny",
        "OnActiveSec", "OnBootSec", "OnStartupSec", "OnUnitActiveSec", "OnUnitInactiveSec", "OnCalendar",
        "ConditionPathExists", "AssertPathExists",
    ];

    internal static ImmutableArray<UnitSetting> Merge(IEnumerable<UnitSetting> inOrder)
    {
        var settings = inOrder.ToArray();
        for (var later = 0; later < settings.Length; later++)
        {
            var shadows = settings[later].Value.Length == 0 || !Lists.Contains(settings[later].Key);
            for (var earlier = 0; shadows && earlier < later; earlier++)
            {
                if (settings[earlier].Section == settings[later].Section && settings[earlier].Key == settings[later].Key
                    && settings[earlier].ShadowedBy is null)
                {
                    settings[earlier] = settings[earlier] with { ShadowedBy = settings[later].Origin };
                }
            }
        }

        return [.. settings];
    }
}
