using System.Management.Automation;
using HxOps.Completion;
using HxOps.Evidence.Reports;
using HxOps.Pipeline;

namespace HxOps.Commands;

/// <summary>Export-HxIncidentReport: writes the report on a rollback, as Markdown and as one HTML page.</summary>
[Cmdlet(VerbsData.Export, "HxIncidentReport", SupportsShouldProcess = true)]
[OutputType(typeof(ReportInfo))]
public sealed class ExportHxIncidentReportCommand : HxSubjectCommand
{
    /// <summary>The run to report on; the newest unless given.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(RollbackCompleter))]
    public string? Id { get; set; }

    /// <summary>The folder that the two files go into; the run's own unless given.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ReportFolder { get; set; }

    /// <inheritdoc/>
    protected override void Execute()
    {
        var writer = new IncidentReportWriter(Open());
        var id = Named(Id, OutputName.Run);
        var folder = ReportFolder is null ? null : LocalPath(ReportFolder);
        var report = Run(() => writer.Locate(id, folder));
        if (Agree($"Report on {report.Id}", [$"write {report.Markdown}", $"write {report.Html}"]))
            Write(Open(), Run(() => writer.Write(id, folder)));
    }
}
