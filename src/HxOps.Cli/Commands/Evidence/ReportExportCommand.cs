using System.CommandLine;
using HxOps.Cli.Commands.Rollbacks;
using HxOps.Cli.Output;
using HxOps.Errors;
using HxOps.Evidence.Reports;
using HxOps.Reporting;

namespace HxOps.Cli.Commands.Evidence;

/// <summary>Writes the incident report on a run.</summary>
internal sealed class ReportExportCommand : VerbCommand
{
    private readonly Argument<string?> _id;
    private readonly Option<string?> _to = new("--to") { HelpName = "FOLDER", Description = "Where the two files go. Default: the run's own folder." };
    private readonly Option<bool> _whatIf = Switches.WhatIf();

    public ReportExportCommand(CommandHost host)
        : base(host, "export", "Write the incident report on a rollback, as Markdown and as one HTML page.", "hxops report export --to reports")
    {
        Add(_id = RunArguments.Optional(host, "The rollback to report on. Default: the newest."));
        Add(_to);
        Add(_whatIf);
    }

    protected override Task<ExitCode> RunAsync(Call call, CancellationToken cancellation)
    {
        var writer = new IncidentReportWriter(call.Context);
        var report = call.Get(_whatIf) ? writer.Locate(call.Get(_id), call.Get(_to)) : writer.Write(call.Get(_id), call.Get(_to));
        call.Write(report, HxJson.Output.ReportInfo, call.Get(_whatIf) ? EvidenceViews.WouldReport : EvidenceViews.Report);
        return Task.FromResult(ExitCode.Done);
    }
}
