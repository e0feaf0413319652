using System.Management.Automation;
using HxOps.Completion;
using HxOps.Pipeline;
using HxOps.Services.EntryPoints;
using HxOps.Services.EntryPoints.Documenting;

namespace HxOps.Commands;

/// <summary>Export-HxRunbook: the operator's document on going back to an entry point.</summary>
[Cmdlet(VerbsData.Export, "HxRunbook", SupportsShouldProcess = true)]
[OutputType(typeof(RunbookDocument))]
public sealed class ExportHxRunbookCommand : HxSubjectCommand
{
    /// <summary>Id of the entry point; without it, the newest that differs from the live one.</summary>
    [Parameter(Position = 0)]
    [Alias("Id")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(EntryPointCompleter))]
    public string? Source { get; set; }

    /// <summary>Configuration file given to the program in place of the recorded one.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ConfigurationPath { get; set; }

    /// <summary>Puts it into the document that the deployment file names.</summary>
    [Parameter]
    public SwitchParameter InPlace { get; set; }

    /// <inheritdoc/>
    protected override void Execute()
    {
        var context = Open();
        var writer = new RunbookWriter(context);
        var request = new EntryPointRequest { Source = Named(Source, OutputName.EntryPoint), ConfigurationPath = ConfigurationPath };
        var document = Run((events, stop) => writer.ComposeAsync(request, events, stop));
        if (InPlace && Agree($"Write the rollback procedure into {Run(() => writer.Locate(document))}", [$"for the entry point {document.Source}, {document.Status.Status}"]))
            Run(() => writer.Write(document));

        Write(context, document);
    }
}
