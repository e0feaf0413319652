using HxOps.Checkpoints.Listing;
using HxOps.Cli.Output;
using HxOps.Errors;
using HxOps.Reporting;

namespace HxOps.Cli.Commands.Checkpoints;

/// <summary>Lists the checkpoints.</summary>
internal sealed class CheckpointListCommand(CommandHost host)
    : VerbCommand(host, "list", "List the checkpoints, newest first.", "hxops checkpoint list --json")
{
    protected override Task<ExitCode> RunAsync(Call call, CancellationToken cancellation)
    {
        call.Write(new CheckpointCatalog(call.Context).List(), HxJson.Output.ImmutableArrayCheckpointInfo, CheckpointViews.List);
        return Task.FromResult(ExitCode.Done);
    }
}
