using System.Collections.Immutable;
using HxOps.Evidence;

namespace HxOps.Cli.Output;

/// <summary>How evidence and the audit log look.</summary>
internal static class EvidenceViews
{
    public static void Saved(Page page, EvidenceInfo evidence)
    {
        var table = new TextTable("FILE", ">SIZE", "SOURCE");
        foreach (var item in evidence.Items)
            table.Add(item.Id, Amounts.Bytes(item.Bytes), item.IsAvailable ? item.Source : item.Source + " (did not answer)");
        page.Table(table);
        page.Line($"{Signs.Good} Evidence saved: {evidence.Folder}");
    }

    public static void Log(Page page, ImmutableArray<AuditEntry> entries)
    {
        if (entries.IsEmpty)
        {
            page.Line("The audit log is empty.");
            return;
        }

        var table = new TextTable(">NO", "TIME", "WHO", "WHAT", "OUTCOME");
        foreach (var entry in entries)
            table.Add(Amounts.Count(entry.Number), Amounts.Moment(entry.TimeUtc), entry.Actor, $"{entry.Action} {entry.Target}", entry.Outcome);
        page.Table(table);
    }

    public static void Proof(Page page, AuditReport report)
    {
        foreach (var line in report.Describe())
            page.Sentence(line, indent: 3);
    }
}
