using System.Collections.Immutable;

namespace HxOps.Gateway;

/// <summary>Makes one verdict of many.</summary>
internal static class GateJudge
{
    /// <summary>
    /// The verdict of the required probes. Where none is required, all count: whoever asks only for wanted probes, by name or by layer,
    /// wants to know about those. Nothing asked is nothing seen.
    /// </summary>
    internal static Verdict Judge(IEnumerable<ProbeResult> results)
    {
        var all = results.ToList();
        var counted = all.Where(result => result.Importance == Importance.Required).Select(result => result.Verdict).ToList();
        if (counted.Count == 0)
            counted = all.ConvertAll(result => result.Verdict);

        if (counted.Contains(Verdict.Unhealthy))
            return Verdict.Unhealthy;

        return counted.Count == 0 || counted.Contains(Verdict.Inconclusive) ? Verdict.Inconclusive : Verdict.Healthy;
    }

    /// <summary>The verdict on each layer that was asked. An answer that another layer explains does not testify on its own.</summary>
    internal static ImmutableSortedDictionary<GatewayLayer, Verdict> JudgeLayers(IEnumerable<ProbeResult> results) =>
        results.GroupBy(result => result.Layer).ToImmutableSortedDictionary(
            layer => layer.Key,
            layer => Judge(layer.Where(result => result.Blame != Blame.Upstream)));
}
