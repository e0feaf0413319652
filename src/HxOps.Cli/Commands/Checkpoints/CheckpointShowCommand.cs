using System.CommandLine;
using HxOps.Checkpoints;
using HxOps.Cli.Output;
using HxOps.Errors;
using HxOps.Reporting;

namespace HxOps.Cli.Commands.Checkpoints;

/// <summary>Shows one checkpoint.</summary>
internal sealed class CheckpointShowCommand : VerbCommand
{
    private readonly Argument<string?> _archive;

    public CheckpointShowCommand(CommandHost host)
        : base(host, "show", "Show what is known of a checkpoint.", "hxops checkpoint show")
    {
        _archive = Archives.Optional(host);
        Add(_archive);
    }

    protected override Task<ExitCode> RunAsync(Call call, CancellationToken cancellation)
    {
        call.Write(new CheckpointCatalog(call.Context).Find(call.Get(_archive)), HxJson.Output.CheckpointInfo, CheckpointViews.Facts);
        return Task.FromResult(ExitCode.Done);
    }
}
