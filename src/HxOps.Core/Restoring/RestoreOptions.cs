using System.Collections.Immutable;

namespace HxOps.Restoring;

/// <summary>What the caller wants of a restore beyond the checkpoint itself.</summary>
public sealed record RestoreOptions
{
    /// <summary>The ordinary restore: every state component, services stopped and started, gate, way back.</summary>
    public static RestoreOptions Default { get; } = new();

    /// <summary>Names of the components to restore; empty means all.</summary>
    public ImmutableArray<string> Components { get; init; } = [];

    /// <summary>What is left out or done besides.</summary>
    public RestoreSwitches Switches { get; init; }

    /// <summary>How long the gate goes on asking until the gateway is healthy.</summary>
    public TimeSpan GateWait { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Within which time after its end the restore has to be confirmed, or else its guard undoes it; null wants no guard. From 10 seconds to 24 hours.</summary>
    public TimeSpan? ConfirmWithin { get; init; }

    /// <summary>Owners of the archive replaced by owners of this host: <c>hx-gateway</c> to <c>deploy</c>. The key <c>*</c> stands for every owner that is not named.</summary>
    public ImmutableSortedDictionary<string, string> OwnerMap { get; init; } = ImmutableSortedDictionary<string, string>.Empty;
}

/// <summary>Deviations from the ordinary restore.</summary>
[Flags]
public enum RestoreSwitches
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>Units are neither stopped nor started, definitions not reloaded.</summary>
    NoServices = 1,

    /// <summary>The gate is not asked.</summary>
    NoGate = 2,

    /// <summary>A failed gate leaves the restored state in place.</summary>
    NoRollback = 4,

    /// <summary>Managed paths that the checkpoint does not have are removed.</summary>
    Mirror = 8,
}
