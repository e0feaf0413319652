using System.Collections.Immutable;

namespace HxOps.Gateway;

/// <summary>
/// Tells a wrapper's own fault from one that it only passes on: where the upstream does not show that it lives, the wrapper's
/// model answers say so, and do not count against the wrapper.
/// </summary>
internal static class UpstreamBlame
{
    internal static ImmutableArray<ProbeResult> Assign(ImmutableArray<ProbeResult> results) =>
        results.Any(IsDeadUpstream) ? [.. results.Select(result => PassesOn(result) ? Explain(result) : result)] : results;

    // Liveliness, readiness, a port or a unit: what works without any model. A failing chat says nothing about life.
    private static bool IsDeadUpstream(ProbeResult result) =>
        result is { Layer: GatewayLayer.Upstream, Kind: ProbeKind.Http or ProbeKind.Port or ProbeKind.Unit } && result.Verdict != Verdict.Healthy;

    private static bool PassesOn(ProbeResult result) =>
        result is { Layer: GatewayLayer.Wrapper, Blame: Blame.Unclear } && result.Verdict != Verdict.Healthy;

    private static ProbeResult Explain(ProbeResult result) => result with
    {
        Blame = Blame.Upstream,
        Finding = result.Finding + "; the upstream is down",
        Remedy = "Mend the upstream first, then ask again.",
    };
}
