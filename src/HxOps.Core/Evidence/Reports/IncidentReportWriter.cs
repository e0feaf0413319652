using System.Collections.Immutable;
using System.Text.Json;
using HxOps.Errors;
using HxOps.Files;
using HxOps.Rollback.Plans;
using HxOps.Rollback.Running;

namespace HxOps.Evidence.Reports;

/// <summary>Writes the report on a run, as Markdown and as one HTML page.</summary>
public sealed class IncidentReportWriter(DeploymentContext context)
{
    private const int MostManifestBytes = 1 << 20;
    private const UnixFileMode PrivateFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode Private = PrivateFile | UnixFileMode.UserExecute;

    /// <summary>Where a report would be written.</summary>
    /// <param name="id">The run's id; null or empty means the newest.</param>
    /// <param name="destination">A local folder; null means the run's own.</param>
    /// <exception cref="HxException">RollbackNotFound.</exception>
    public ReportInfo Locate(string? id, string? destination)
    {
        var run = new RunCatalog(context).Find(id);
        var folder = Path.GetFullPath(destination ?? run.Folder);
        return new ReportInfo(run.Id, Path.Combine(folder, $"{run.Id}.md"), Path.Combine(folder, $"{run.Id}.html"), 0);
    }

    /// <summary>Writes the report.</summary>
    /// <inheritdoc cref="Locate"/>
    public ReportInfo Write(string? id, string? destination)
    {
        var report = Locate(id, destination);
        var folder = new RunFolder(new RunCatalog(context).Find(id).Folder);
        var incident = Read(folder, Path.GetDirectoryName(report.Markdown)!);
        var redactor = PlanRedaction.For(context, incident.Plan);
        var blocks = IncidentReport.Compose(incident);
        FolderSync.Create(Path.GetDirectoryName(report.Markdown)!, Private);
        var markdown = redactor.Redact(MarkdownReport.Write(blocks));
        DurableFile.WriteAllText(report.Markdown, markdown, PrivateFile);
        DurableFile.WriteAllText(report.Html, redactor.Redact(HtmlReport.Write(IncidentReport.Title(incident), blocks)), PrivateFile);
        return report with { ToBeWritten = markdown.Split(MarkdownReport.ToWriteMark).Length - 1 };
    }

    private Incident Read(RunFolder folder, string destination)
    {
        var records = RunJournal.Read(folder.Journal);
        var story = new RunStory(records);
        var plan = new PlanReader(context.Codecs.Yaml).Read(folder.Plan, story.Values);
        return new Incident
        {
            Id = folder.Id,
            Plan = plan,
            Scenario = plan.Scenarios.First(scenario => scenario.Name == story.Scenario),
            Records = records,
            Story = story,
            Evidence = Evidence(folder),
            Link = path => string.Join('/', Path.GetRelativePath(destination, path).Split('/').Select(Uri.EscapeDataString)),
        };
    }

    private static ImmutableArray<EvidenceInfo> Evidence(RunFolder folder) =>
    [
        .. Directory.EnumerateDirectories(folder.Path, "evidence-*").Order(StringComparer.Ordinal).Select(Manifest).OfType<EvidenceInfo>(),
    ];

    private static EvidenceInfo? Manifest(string folder)
    {
        var path = Path.Combine(folder, "evidence.json");
        try
        {
            return File.Exists(path) && new FileInfo(path).Length <= MostManifestBytes
                ? JsonSerializer.Deserialize(File.ReadAllBytes(path), EvidenceJson.Default.EvidenceInfo)
                : null;
        }
        catch (Exception unreadable) when (unreadable is JsonException || FileFailure.IsOne(unreadable))
        {
            return null; // A report without it is better than none.
        }
    }
}
