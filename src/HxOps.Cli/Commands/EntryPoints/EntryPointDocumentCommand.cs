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
    private readonly Argument<string?> _source = new("SOURCE") { Description = "Id of an entry point. Default: the newest that differs from the live one.", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<string?> _config = new("--config") { Description = "Configuration file given to the program in place of the recorded one.", HelpName = "FILE" };
    private readonly Option<bool> _inPlace = Switches.Of("--in-place", "Put it into the document that the deployment file names, instead of printing it.");

    public EntryPointDocumentCommand(CommandHost host)
        : base(host, "document", "Write the rollback procedure with the values of this deployment, in Markdown.", "hxops entrypoint document", "hxops entrypoint document --in-place")
    {
        Add(_source);
        Add(_config);
        Add(_inPlace);
    }

    protected override async Task<ExitCode> RunAsync(Call call, CancellationToken cancellation)
    {
        var writer = new RunbookWriter(call.Context);
        var request = new EntryPointRequest { Source = call.Get(_source), ConfigurationPath = call.Get(_config) };
        var document = await writer.ComposeAsync(request, call.Events, cancellation);
        var isInPlace = call.Get(_inPlace);
        if (isInPlace)
            writer.Write(document);

        call.Write(document, HxJson.Output.RunbookDocument, isInPlace ? EntryPointViews.Written : EntryPointViews.Document);
        return ExitCode.Done;
    }
}
