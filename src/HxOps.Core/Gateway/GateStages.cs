using System.Collections.Immutable;

namespace HxOps.Gateway;

/// <summary>
/// The order in which one round asks. A single round asks everything at once. A waiting gate asks what costs nothing first, so that
/// it neither burns tokens nor waits for slow extras at every poll.
/// </summary>
internal static class GateStages
{
    internal static ImmutableArray<ImmutableArray<ProbeDefinition>> Of(ImmutableArray<ProbeDefinition> probes, bool waiting) =>
        waiting ? [.. probes.GroupBy(Stage).OrderBy(stage => stage.Key).Select(stage => stage.ToImmutableArray())] : [probes];

    private static int Stage(ProbeDefinition probe) => probe switch
    {
        { Importance: Importance.Wanted } => 2,
        { CostsTokens: true } => 1,
        _ => 0,
    };
}
