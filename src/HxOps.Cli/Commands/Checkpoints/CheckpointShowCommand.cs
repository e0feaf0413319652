using System.CommandLine;
using HxOps.Checkpoints;
using HxOps.Checkpoints.Listing;
using HxOps.Checkpoints.Proving;
using HxOps.Cli.Output;
using HxOps.Errors;
using HxOps.Reporting;

namespace HxOps.Cli.Commands.Checkpoints;

/// <summary>Shows one checkpoint.</summary>
internal sealed class CheckpointShowCommand : VerbCommand
{
    private readonly Argument<string?> _archive;

    public CheckpointShowCommand(CommandHost host)
        : base(host, "show", "Verify a checkpoint and show what it holds.", "hxops checkpoint show")
    {
        _archive = Archives.Optional(host);
        Add(_archive);
    }

    protected override async Task<ExitCode> RunAsync(Call call, CancellationToken cancellation)
    {
        var checkpoint = new CheckpointCatalog(call.Context).Find(call.Get(_archive));
        var verified = await new CheckpointReader(call.Context).VerifyAsync(checkpoint, call.Events, cancellation);
        call.Write(CheckpointDetails.Of(verified), HxJson.Output.CheckpointDetails, CheckpointViews.Details);
        return ExitCode.Done;
    }
}
