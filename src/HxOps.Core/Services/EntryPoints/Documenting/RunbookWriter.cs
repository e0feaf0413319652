using HxOps.Errors;
using HxOps.Files;
using HxOps.Formats;
using HxOps.Reporting;
using HxOps.Services.EntryPoints.History;

namespace HxOps.Services.EntryPoints.Documenting;

/// <summary>Writes the operator's document on going back to an entry point, and puts it into the gateway's own documentation.</summary>
public sealed class RunbookWriter(DeploymentContext context)
{
    private const int MostBytes = 4 << 20;
    private const UnixFileMode Readable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private const UnixFileMode Folder = Readable | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>Composes the document for an entry point. Changes nothing.</summary>
    /// <exception cref="HxException">One of <see cref="EntryPointErrors"/>: what cannot be set is not documented either.</exception>
    public async Task<RunbookDocument> ComposeAsync(EntryPointRequest request, IProgress<HxEvent> events, CancellationToken cancellation)
    {
        var plan = await new EntryPointPlanner(context).PlanAsync(request, events, cancellation);
        var redactor = context.Secrets.CreateRedactor();
        if (plan.Shown != plan.After || redactor.Redact(plan.Before ?? "") != (plan.Before ?? ""))
            throw new HxException(EntryPointErrors.HoldsSecret, plan.DropIn, $"{plan.DropIn} holds a secret, which a document must not repeat.");

        var procedure = context.Deployment.Service!.Procedure;
        var status = ProcedureStatus.Of(procedure, plan.To.Command, new EntryPointLedger(context).Read());
        return new RunbookDocument(procedure?.Task ?? plan.Id, procedure?.Document, plan.To.Id, status, new RunbookText(context, plan, status).Write());
    }

    /// <summary>The file that the document belongs into, a host path. Writes nothing.</summary>
    /// <exception cref="HxException"><see cref="EntryPointErrors.NoDocument"/>.</exception>
    public string Locate(RunbookDocument document) =>
        document.Path ?? throw new HxException(EntryPointErrors.NoDocument, context.Deployment.Source, $"Deployment {context.Deployment.Name} names no document for the procedure.");

    /// <summary>Puts the document into the gateway's documentation: its section is replaced or added, everything else stays.</summary>
    /// <exception cref="HxException"><see cref="EntryPointErrors.NoDocument"/>, or the file cannot be written.</exception>
    public void Write(RunbookDocument document)
    {
        var local = context.Root.Locate(Locate(document));
        var present = ForeignText.TryRead(local, MostBytes) ?? "";
        FolderSync.Create(Path.GetDirectoryName(local)!, Folder);
        DurableFile.WriteAllText(local, RunbookSection.Put(present, document.Text), File.Exists(local) ? File.GetUnixFileMode(local) : Readable);
    }
}
