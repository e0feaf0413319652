using System.Collections.Immutable;

namespace HxOps.Gateway;

/// <summary>One look of a watch at the gate.</summary>
public sealed record GateLook
{
    /// <summary>The deployment's name.</summary>
    public required string Id { get; init; }

    /// <summary>When it began.</summary>
    public required DateTimeOffset TimeUtc { get; init; }

    /// <summary>The gate's verdict.</summary>
    public required Verdict Verdict { get; init; }

    /// <summary>The first of the looks in a row that came to this verdict.</summary>
    public required DateTimeOffset SinceUtc { get; init; }

    /// <summary>Whether the verdict or the failing probes are others than at the look before; so it is with the first look.</summary>
    public required bool IsChange { get; init; }

    /// <summary>How many probes were asked.</summary>
    public required int Asked { get; init; }

    /// <summary>Those that are not healthy, wanted ones too, in the order of the deployment file.</summary>
    public required ImmutableArray<ProbeResult> Failing { get; init; }

    /// <summary>Names of those of them that did well at the look before.</summary>
    public required ImmutableArray<string> Failed { get; init; }

    /// <summary>Names of those that did not do well at the look before, and do now.</summary>
    public required ImmutableArray<string> Recovered { get; init; }

    /// <summary>How long it took.</summary>
    public required TimeSpan Elapsed { get; init; }

    /// <summary>What fails and what has recovered, in one line; empty when there is nothing to tell.</summary>
    public string Summary => string.Join("; ", [.. Failing.Select(probe => probe.ToString()), .. Recovered.Select(name => name + ": recovered")]);

    /// <summary>The look that came to a report, after another one or as the first.</summary>
    internal static GateLook Of(GateReport report, GateLook? before)
    {
        ImmutableArray<ProbeResult> failing = [.. report.Probes.Where(probe => probe.Verdict != Verdict.Healthy)];
        var (now, then) = (Names(failing), Names(before?.Failing ?? []));
        return new GateLook
        {
            Id = report.Id,
            TimeUtc = report.StartedUtc,
            Verdict = report.Verdict,
            SinceUtc = before?.Verdict == report.Verdict ? before.SinceUtc : report.StartedUtc,
            IsChange = before is null || before.Verdict != report.Verdict || !Signs(before.Failing).SequenceEqual(Signs(failing)),
            Asked = report.Probes.Length,
            Failing = failing,
            Failed = [.. now.Except(then)],
            Recovered = [.. then.Except(now)],
            Elapsed = report.Elapsed,
        };
    }

    private static IEnumerable<string> Names(ImmutableArray<ProbeResult> probes) => probes.Select(probe => probe.Id);

    // The finding tells times and counts, which are others at every look.
    private static IEnumerable<(string Id, Verdict Verdict)> Signs(ImmutableArray<ProbeResult> probes) => probes.Select(probe => (probe.Id, probe.Verdict));
}
