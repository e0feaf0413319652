using System.Collections.Immutable;
using HxOps.Evidence;
using HxOps.Evidence.Reports;
using HxOps.Reporting;

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

    public static void Report(Page page, ReportInfo report)
    {
        page.Line($"{Signs.Good} Report written: {report.Markdown}");
        page.Line($"{Signs.Good} Report written: {report.Html}");
        page.Sentence($"{Amounts.Count(report.ToBeWritten, "place")} left for people to write, each marked as to be written.");
    }

    public static void WouldReport(Page page, ReportInfo report)
    {
        page.Line($"write {report.Markdown}");
        page.Line($"write {report.Html}");
    }

    public static void Log(Page page, ImmutableArray<AuditEntry> entries)
    {
        if (entries.IsEmpty)
        {
            page.Line("The audit log is empty.");
            return;
        }

        var table = new TextTable(">NO", "TIME", "WHO", "OUTCOME", "WHAT");
        foreach (var entry in entries)
            table.Add(Amounts.Count(entry.Number), Amounts.Moment(entry.TimeUtc), entry.Actor, entry.Outcome, $"{entry.Action} {entry.Target}");
        page.Table(table);
    }

    public static void Proof(Page page, AuditReport report)
    {
        foreach (var line in report.Describe())
            page.Sentence(line, indent: 3);
    }
}
