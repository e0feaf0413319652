using HxOps.Cli.Output;
using HxOps.Errors;
using HxOps.Reporting;
using HxOps.Restoring;

namespace HxOps.Cli.Commands.Restores;

/// <summary>Lists the restores.</summary>
internal sealed class RestoreListCommand(CommandHost host)
    : VerbCommand(host, "list", "List the restores, newest first.", "hxops restore list")
{
    protected override Task<ExitCode> RunAsync(Call call, CancellationToken cancellation)
    {
        call.Write(new RestoreCatalog(call.Context).List(), HxJson.Output.ImmutableArrayRestoreInfo, RestoreViews.List);
        return Task.FromResult(ExitCode.Done);
    }
}
