using System.Collections.Immutable;

namespace HxOps.Gateway;

/// <summary>What the gate found.</summary>
public sealed record GateReport
{
    /// <summary>The deployment's name.</summary>
    public required string Id { get; init; }

    /// <summary>The one verdict: of the required probes only.</summary>
    public required Verdict Verdict { get; init; }

    /// <summary>The verdict on each layer that was asked, so that a wrapper is not blamed for its upstream.</summary>
    public required ImmutableSortedDictionary<GatewayLayer, Verdict> Layers { get; init; }

    /// <summary>Every probe's answer, in the order of the deployment file.</summary>
    public required ImmutableArray<ProbeResult> Probes { get; init; }

    /// <summary>When the last round began.</summary>
    public required DateTimeOffset StartedUtc { get; init; }

    /// <summary>From the first round's begin to the last one's end.</summary>
    public required TimeSpan Elapsed { get; init; }

    /// <summary>How many rounds were made; above one only when waiting.</summary>
    public required int Rounds { get; init; }

    /// <summary>The report as lines of text, in the words of the checkpoint kit's validation.</summary>
    public ImmutableArray<string> Describe() => GateReportText.Lines(this);
}

/// <summary>What one probe found.</summary>
public sealed record ProbeResult
{
    /// <summary>The probe's name.</summary>
    public required string Id { get; init; }

    /// <summary>What it asked.</summary>
    public required ProbeKind Kind { get; init; }

    /// <summary>The layer it asked.</summary>
    public required GatewayLayer Layer { get; init; }

    /// <summary>Whether the verdict hangs on it.</summary>
    public required Importance Importance { get; init; }

    /// <summary>Healthy, unhealthy, or inconclusive when no answer could be judged.</summary>
    public required Verdict Verdict { get; init; }

    /// <summary>What was found, in one line without secrets: <c>16 models</c>, <c>HTTP 503</c>.</summary>
    public required string Finding { get; init; }

    /// <summary>What to do when it is not healthy; empty when it is.</summary>
    public string Remedy { get; init; } = "";

    /// <summary>More lines where the probe has them, such as the end of a log.</summary>
    public ImmutableArray<string> Detail { get; init; } = [];

    /// <summary>How long it took.</summary>
    public required TimeSpan Elapsed { get; init; }

    /// <summary>Who may be at fault, for the verdict on the layers.</summary>
    internal Blame Blame { get; init; }

    /// <summary>Whether there was no answer within the deadline.</summary>
    internal bool IsSilence { get; init; }

    /// <summary>The probe's name and what it found.</summary>
    public override string ToString() => $"{Id}: {Finding}";
}

/// <summary>A judgement that does not pretend.</summary>
public enum Verdict
{
    /// <summary>Seen to work.</summary>
    Healthy,

    /// <summary>Seen not to work.</summary>
    Unhealthy,

    /// <summary>Not seen: no answer, no permission to ask, or nothing to ask.</summary>
    Inconclusive,
}
