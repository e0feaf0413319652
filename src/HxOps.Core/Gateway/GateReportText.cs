using System.Collections.Immutable;
using HxOps.Reporting;

namespace HxOps.Gateway;

/// <summary>Puts a gate report into words. Operators and their scripts know the texts from the checkpoint kit, so they stay as they were.</summary>
internal static class GateReportText
{

    internal static ImmutableArray<string> Lines(GateReport report)
    {
        var lines = ImmutableArray.CreateBuilder<string>();
        lines.Add("=== [validate_restore] Quick probes ===");
        AddUnits(lines, report);
        foreach (var probe in report.Probes.Where(probe => probe.Kind is not (ProbeKind.Unit or ProbeKind.Log)))
        {
            Add(lines, probe);
        }

        AddLogs(lines, report);
        lines.Add(Ending(report));
        return lines.ToImmutable();
    }

    private static void AddUnits(ImmutableArray<string>.Builder lines, GateReport report)
    {
        var units = report.Probes.Where(probe => probe.Kind == ProbeKind.Unit).ToList();
        if (units.Count == 0)
            return;

        lines.Add("--> systemd status");
        units.ForEach(probe => Add(lines, probe));
    }

    private static void AddLogs(ImmutableArray<string>.Builder lines, GateReport report)
    {
        foreach (var probe in report.Probes.Where(probe => probe.Kind == ProbeKind.Log))
        {
            lines.Add("--> last smoke log");
            lines.AddRange(probe.Detail);
            if (probe.Verdict != Verdict.Healthy || probe.Detail.IsEmpty)
                Add(lines, probe);
        }
    }

    private static void Add(ImmutableArray<string>.Builder lines, ProbeResult probe)
    {
        lines.Add($"{Mark(probe.Verdict)} {(probe.Verdict == Verdict.Healthy ? Praise(probe) : Complaint(probe))}");
        if (probe.Verdict != Verdict.Healthy && probe.Remedy.Length > 0)
            lines.Add("   " + probe.Remedy);
    }

    private static string Praise(ProbeResult probe) => probe.Kind switch
    {
        // The kit says "gateway active"; the probe is called gateway-unit where another one asks the gateway's port.
        ProbeKind.Unit => $"{probe.Id.Replace("-unit", "", StringComparison.Ordinal)} active",
        ProbeKind.Models => $"/v1/models responds ({probe.Finding})",
        ProbeKind.Embeddings => $"/v1/embeddings responds ({probe.Finding})",
        ProbeKind.Chat => "/v1/chat/completions deterministic OK",
        _ => $"{probe.Id}: {probe.Finding}",
    };

    private static string Complaint(ProbeResult probe) =>
        $"{probe.Id}{(probe.Importance == Importance.Wanted ? " (wanted only)" : "")}: {probe.Finding}";

    private static string Ending(GateReport report)
    {
        var troubled = string.Join(", ", report.Probes
            .Where(probe => probe.Importance == Importance.Required && probe.Verdict != Verdict.Healthy)
            .Select(probe => probe.Id));
        return report.Verdict switch
        {
            Verdict.Healthy => $"{Signs.Good} Validation complete.",
            Verdict.Unhealthy => $"{Signs.Bad} Validation failed: {troubled}.",
            _ => $"{Signs.Unsure} Validation inconclusive: {troubled}.",
        };
    }

    private static string Mark(Verdict verdict) => verdict switch
    {
        Verdict.Healthy => Signs.Good,
        Verdict.Unhealthy => Signs.Bad,
        _ => Signs.Unsure,
    };
}
