using System.Collections.Immutable;
using HxOps.Reporting;
using HxOps.Rollback.Running;

namespace HxOps.Evidence.Reports;

/// <summary>Tells what happened when, from the journal alone.</summary>
internal static class IncidentTimeline
{
    public static IEnumerable<ReportBlock> Blocks(Incident incident)
    {
        yield return new TimelinePicture(Bars(incident), incident.Length);
        yield return new ReportTable(["Time", "After", "Step", "What", "Finding"],
            [.. incident.Records.Where(record => What(record) is not null).Select(record => Row(incident, record))]);
    }

    /// <summary>The timeline in a few lines, for the post-mortem.</summary>
    public static string Short(Incident incident) => string.Join("\n", incident.Records
        .Where(record => record.Kind is RunRecordKind.Started or RunRecordKind.Resumed or RunRecordKind.Done or RunRecordKind.Failed or RunRecordKind.UndoDone or RunRecordKind.UndoFailed or RunRecordKind.Ended)
        .Select(record => $"{Quantity.Moment(record.TimeUtc)} {record.Step} {What(record)}".Replace("  ", " ", StringComparison.Ordinal)));

    private static ImmutableArray<TimelineBar> Bars(Incident incident)
    {
        var bars = ImmutableArray.CreateBuilder<TimelineBar>();
        foreach (var records in incident.Records.Where(record => record.Step.Length > 0 && IsOfStep(record.Kind)).GroupBy(record => record.Step))
        {
            var forward = records.Where(record => !IsBack(record.Kind)).ToList();
            var back = records.Where(record => IsBack(record.Kind)).ToList();
            Add(records.Key, forward, incident.Story.Of(records.Key).IsDone || incident.Story.Of(records.Key).IsSkipped ? "good" : "bad");
            Add("undo " + records.Key, back, "back");
        }

        return bars.ToImmutable();

        void Add(string name, List<RunRecord> records, string kind)
        {
            if (records.Count > 0)
            {
                bars.Add(new TimelineBar(name, records[0].TimeUtc - incident.Story.StartedUtc, records[^1].TimeUtc - records[0].TimeUtc, kind));
            }
        }
    }

    private static ImmutableArray<ReportItem> Row(Incident incident, RunRecord record)
    {
        var step = record.Kind == RunRecordKind.Started ? "" : record.Step;
        var evidence = incident.Evidence.FirstOrDefault(set => record.Kind == RunRecordKind.Done && record.Finding.Contains(set.Id, StringComparison.Ordinal));
        return
        [
            Quantity.Moment(record.TimeUtc),
            ReportText.Span(record.TimeUtc - incident.Story.StartedUtc),
            step,
            What(record)!,
            evidence is null ? record.Finding : new ReportItem(record.Finding, incident.Link(evidence.Folder)),
        ];
    }

    private static string? What(RunRecord record) => record.Kind switch
    {
        RunRecordKind.Started => "begun",
        RunRecordKind.Resumed => "resumed by another process",
        RunRecordKind.Approved => "approved",
        RunRecordKind.Skipped => "not needed",
        RunRecordKind.Intended => record.Way == 0 ? $"attempt {record.Attempt}" : $"attempt {record.Attempt} of the other way",
        RunRecordKind.Done => "done and seen",
        RunRecordKind.Failed => "failed",
        RunRecordKind.Halted => "stopped by the user; everything stays as it is",
        RunRecordKind.Compensating => "everything is taken back from here",
        RunRecordKind.UndoDone => "taken back",
        RunRecordKind.UndoFailed => "could not be taken back",
        RunRecordKind.Ended => $"ended: {record.Outcome}",
        _ => null,
    };

    private static bool IsOfStep(RunRecordKind kind) => IsBack(kind)
        || kind is RunRecordKind.Skipped or RunRecordKind.Intended or RunRecordKind.Effected or RunRecordKind.Done or RunRecordKind.Failed;

    private static bool IsBack(RunRecordKind kind) => kind is RunRecordKind.UndoIntended or RunRecordKind.UndoDone or RunRecordKind.UndoFailed;
}
