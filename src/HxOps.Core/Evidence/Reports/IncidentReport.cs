using System.Collections.Immutable;
using HxOps.Reporting;
using HxOps.Rollback.Actions;
using HxOps.Rollback.Plans;

namespace HxOps.Evidence.Reports;

/// <summary>
/// The report on a run: the six parts of an incident report, the post-mortem, the texts to send out, and what is left to do. What the
/// journal tells is filled in; what only people know is marked as to be written.
/// </summary>
internal static class IncidentReport
{
    public static ImmutableArray<ReportBlock> Compose(Incident incident) =>
    [
        new Heading(1, Title(incident)),
        new ReportTable(["", ""],
        [
            ["Run", incident.Id],
            ["Plan", $"{incident.Plan.Name}/{incident.Scenario.Name}: {incident.Scenario.Description}"],
            ["Plan's version", $"{incident.Plan.Version}, owner {incident.Plan.Owner}{(incident.Plan.Review.Length > 0 ? $", reviewed {incident.Plan.Review}" : "")}"],
            ["Outcome", incident.State],
            ["Begun", Quantity.Moment(incident.Story.StartedUtc)],
            ["Ended", incident.Story.Outcome is null ? "not yet" : Quantity.Moment(incident.Story.LastUtc)],
            ["Duration", $"{ReportText.Span(incident.Length)}, of which {ReportText.Span(incident.Story.Worked)} at work; target {ReportText.Span(incident.Plan.Target)}"],
        ]),
        .. SixParts(incident),
        new Heading(2, "Post-mortem"),
        new Verbatim(PostMortem(incident)),
        .. Texts(incident),
        .. Evidence(incident),
        .. Afterwards(incident),
        .. Contacts(incident.Plan),
    ];

    public static string Title(Incident incident) => $"Incident report: rollback {incident.Plan.Name}/{incident.Scenario.Name} of {Quantity.Moment(incident.Story.StartedUtc)}";

    private static IEnumerable<ReportBlock> SixParts(Incident incident) =>
    [
        new Heading(2, "1. Root cause analysis"),
        new ToWrite("what caused the incident, and how that is known."),
        new Heading(2, "2. Timeline of events"),
        new ToWrite("when the incident began, who noticed it, and when it was decided to roll back."),
        .. IncidentTimeline.Blocks(incident),
        new Heading(2, "3. Impact assessment"),
        new Paragraph($"The rollback itself lasted {ReportText.Span(incident.Length)} and ended as {incident.State}. {incident.Story.Reason}"),
        new ToWrite("which users and functions were affected, how many, and for how long before the rollback began."),
        new Heading(2, "4. User communications sent"),
        new Bullets([.. Announced(incident)]),
        new ToWrite("which texts were sent, to whom, and when."),
        new Heading(2, "5. Lessons learned"),
        new ToWrite("what was learned."),
        new Heading(2, "6. Action items to prevent recurrence"),
        new Bullets([.. OpenItems(incident)]),
        new ToWrite("each action with an owner and a date."),
    ];

    private static IEnumerable<ReportItem> Announced(Incident incident)
    {
        var steps = incident.Scenario.Steps.Where(step => step.Action is AnnouncementAction && incident.Story.Of(step.Name).IsDone).ToList();
        return steps.Count > 0
            ? steps.Select(step => new ReportItem($"{((AnnouncementAction)step.Action).Announcement}: text written {Quantity.Moment(incident.Story.Of(step.Name).LastUtc!.Value)}", incident.Link(incident.Story.Of(step.Name).Finding)))
            : [new ReportItem("The run wrote no announcement.")];
    }

    // What failed is an item by itself, whatever people add.
    private static IEnumerable<ReportItem> OpenItems(Incident incident)
    {
        var failed = incident.Scenario.Steps.Where(step => incident.Story.Of(step.Name) is { Last: not null, IsDone: false, IsSkipped: false }).ToList();
        return failed.Count > 0
            ? failed.Select(step => new ReportItem($"Find out why the step '{step.Name}' failed: {incident.Story.Of(step.Name).Finding}", Tick: false))
            : [new ReportItem("No step of the rollback failed.")];
    }

    private static string PostMortem(Incident incident) => $"""
        📋 **{incident.Plan.Name} Rollback - Post-Mortem**

        **Issue**: [{MarkdownReport.ToWriteMark}: brief description]
        **Root Cause**: [{MarkdownReport.ToWriteMark}: technical cause]
        **Duration**: {ReportText.Span(incident.Length)} of rollback; [{MarkdownReport.ToWriteMark}: time in degraded state before it]
        **Users Affected**: [{MarkdownReport.ToWriteMark}: number or percentage]
        **Data Loss**: {DataLoss(incident)}
        **Resolution**: {Resolution(incident)}
        **Prevention**: [{MarkdownReport.ToWriteMark}: action items]
        **Timeline**:
        {IncidentTimeline.Short(incident)}
        """;

    private static string DataLoss(Incident incident) => incident.Scenario.Steps.Any(step => step.Action is DatabaseScriptAction && !incident.Story.Of(step.Name).Touched.IsEmpty)
        ? $"[{MarkdownReport.ToWriteMark}: the rollback changed a database; compare with the dump]"
        : "None by the rollback: it changed no database";

    private static string Resolution(Incident incident) => incident.State switch
    {
        "Succeeded" => $"Rolled back to stable version ({incident.Scenario.Description})",
        "Inconclusive" => "Rolled back, but not everything required was seen",
        "RolledBack" or "Stopped" => "The rollback did not hold; the state before it is back",
        _ => $"The rollback ended as {incident.State}; [{MarkdownReport.ToWriteMark}: what was done by hand]",
    };

    private static IEnumerable<ReportBlock> Texts(Incident incident)
    {
        yield return new Heading(2, "Announcements");
        foreach (var template in incident.Plan.Announcements)
        {
            yield return new Heading(3, $"{template.Name} ({template.Audience})");
            yield return new Verbatim(AnnouncementText.Fill(template, incident.Plan.Name, incident.Scenario.Name, incident.Length, incident.Story.LastUtc));
        }
    }

    private static IEnumerable<ReportBlock> Evidence(Incident incident)
    {
        yield return new Heading(2, "Evidence");
        yield return incident.Evidence.IsEmpty
            ? new Paragraph("The run saved no evidence.")
            : new ReportTable(["File", "Taken from", "Bytes", "SHA-256"], [.. incident.Evidence.SelectMany(set => set.Items.Select(item => Row(incident, set, item)))]);
    }

    private static ImmutableArray<ReportItem> Row(Incident incident, EvidenceInfo set, EvidenceItem item) =>
    [
        new ReportItem($"{set.Id}/{item.Id}", incident.Link(Path.Combine(set.Folder, item.Id))),
        item.IsAvailable ? item.Source : item.Source + " (did not answer)",
        item.Bytes.ToString(System.Globalization.CultureInfo.InvariantCulture),
        item.Sha256,
    ];

    private static IEnumerable<ReportBlock> Afterwards(Incident incident)
    {
        if (!incident.Plan.Checklist.IsEmpty)
        {
            yield return new Heading(2, "Checklist");
            yield return new Bullets([.. incident.Plan.Checklist.Select(check => Check(incident, check))]);
        }

        foreach (var list in incident.Plan.Afterwards)
        {
            yield return new Heading(2, list.Name);
            yield return new Bullets([.. list.Items.Select(item => new ReportItem(item, Tick: false))]);
            yield return new ToWrite($"what came of it ({list.Name}).");
        }
    }

    // Ticked only by what the journal saw: all steps of one proof were done, and still are.
    private static ReportItem Check(Incident incident, PlanCheck check)
    {
        var names = incident.Scenario.Steps.Select(step => step.Name).ToHashSet(StringComparer.Ordinal);
        var proofs = check.Proofs.Where(proof => proof.All(names.Contains)).ToList();
        var seen = proofs.FirstOrDefault(proof => proof.All(IsSeen));
        var how = seen.IsDefault
            ? proofs.Count == 0 ? "to be checked by a person" : $"not seen: {string.Join(", ", proofs[0].Where(step => !IsSeen(step)))}"
            : $"seen by {string.Join(", ", seen)}";
        return new ReportItem($"{check.Text} ({how})", Tick: !seen.IsDefault);

        bool IsSeen(string step) => incident.Story.Of(step) is { IsDone: true, IsUndone: false };
    }

    private static IEnumerable<ReportBlock> Contacts(RollbackPlan plan) => plan.Contacts.IsEmpty
        ? []
        : [new Heading(2, "Contacts"), new Bullets([.. plan.Contacts.Select(contact => new ReportItem($"{contact.Role}: {contact.Reach}"))])];
}
