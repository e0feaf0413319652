using System.Collections.Immutable;

namespace HxOps.Gateway.Probers;

/// <summary>What a prober found out.</summary>
/// <param name="Verdict">The judgement.</param>
/// <param name="Finding">What was found, in one short line without secrets.</param>
/// <param name="Remedy">What to do; empty when healthy.</param>
internal sealed record ProbeAnswer(Verdict Verdict, string Finding, string Remedy)
{
    /// <summary>More lines, such as the end of a log.</summary>
    internal ImmutableArray<string> Detail { get; init; } = [];

    /// <summary>Who may be at fault.</summary>
    internal Blame Blame { get; init; }

    /// <summary>Whether there was no answer within the deadline.</summary>
    internal bool IsSilence { get; init; }

    internal static ProbeAnswer Healthy(string finding) => new(Verdict.Healthy, finding, "");

    internal static ProbeAnswer Unhealthy(string finding, string remedy) => new(Verdict.Unhealthy, finding, remedy);

    internal static ProbeAnswer Inconclusive(string finding, string remedy) => new(Verdict.Inconclusive, finding, remedy);
}
