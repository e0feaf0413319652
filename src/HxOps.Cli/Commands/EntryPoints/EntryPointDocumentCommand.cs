using System.CommandLine;
using HxOps.Cli.Output;
using HxOps.Errors;
using HxOps.Reporting;
using HxOps.Services.EntryPoints;
using HxOps.Services.EntryPoints.Documenting;

namespace HxOps.Cli.Commands.EntryPoints;

/// <summary>Writes the operator's document on going back to an entry point.</summary>
internal sealed class EntryPointDocumentCommand : VerbCommand
{
    private readonly Argument<string?> _source;
    private readonly Option<string?> _config = EntryPointArguments.Configuration();
    private readonly Option<bool> _inPlace = Switches.Of("--in-place", "Put it into the document that the deployment file names, instead of printing it.");
    private readonly Option<bool> _whatIf = Switches.WhatIf();

    public EntryPointDocumentCommand(CommandHost host)
        : base(host, "document", "Write the rollback procedure with the values of this deployment, in Markdown.", "hxops entrypoint document", "hxops entrypoint document --in-place --what-if")
    {
        Add(_source = EntryPointArguments.Source(host));
        Add(_config);
        Add(_inPlace);
        Add(_whatIf);
    }

    protected override async Task<ExitCode> RunAsync(Call call, CancellationToken cancellation)
    {
        var writer = new RunbookWriter(call.Context);
        var request = new EntryPointRequest { Source = call.Get(_source), ConfigurationPath = call.Get(_config) };
        var document = await writer.ComposeAsync(request, call.Events, cancellation);
        if (!call.Get(_inPlace))
            return Tell(call, document, EntryPointViews.Document);

        var place = writer.Locate(document);
        if (call.Get(_whatIf))
            return Tell(call, document, (page, found) => page.Line($"{place} would get the procedure of {found.Id} for the entry point {found.Source}, {found.Status.Status}."));

        writer.Write(document);
        return Tell(call, document, EntryPointViews.Written);
    }

    private static ExitCode Tell(Call call, RunbookDocument document, Action<Page, RunbookDocument> view)
    {
        call.Write(document, HxJson.Output.RunbookDocument, view);
        return ExitCode.Done;
    }
}
