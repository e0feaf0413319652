using System.CommandLine;
using HxOps.Checkpoints.Copying;
using HxOps.Checkpoints.Listing;
using HxOps.Cli.Output;
using HxOps.Errors;
using HxOps.Reporting;

namespace HxOps.Cli.Commands.Checkpoints;

/// <summary>Copies a checkpoint to a folder or another host.</summary>
internal sealed class CheckpointCopyCommand : VerbCommand
{
    private readonly Argument<string?> _archive;
    private readonly Option<string> _to = new("--to")
    {
        Description = "A folder, or a host that ssh reaches without a question and a folder of it.",
        HelpName = "[HOST:]FOLDER",
        Required = true,
    };

    private readonly Option<bool> _whatIf = Switches.WhatIf();

    public CheckpointCopyCommand(CommandHost host)
        : base(host, "copy", "Copy a checkpoint, whole or not at all; what was interrupted goes on where it stopped.",
            "hxops checkpoint copy --to /mnt/vault/gateway", "hxops checkpoint copy --to backup@vault:/srv/gateway")
    {
        _archive = Archives.Optional(host);
        Add(_archive);
        Add(_to);
        Add(_whatIf);
    }

    protected override async Task<ExitCode> RunAsync(Call call, CancellationToken cancellation)
    {
        var checkpoint = new CheckpointCatalog(call.Context).Find(call.Get(_archive));
        var destination = CopyDestination.Parse(call.Get(_to)!, Path.GetFullPath);
        if (call.Get(_whatIf))
        {
            call.Write(checkpoint, HxJson.Output.CheckpointInfo, (page, found) => page.Sentence($"{found.Id} would be copied to {destination}, {Amounts.Bytes(found.SizeBytes)}."));
            return ExitCode.Done;
        }

        call.Write(await new CheckpointCopier(call.Context).CopyAsync(checkpoint, destination, call.Events, cancellation), HxJson.Output.CheckpointCopy, CheckpointViews.Copied);
        return ExitCode.Done;
    }
}
