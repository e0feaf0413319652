using HxOps.Cli.Output;
using HxOps.Errors;
using HxOps.Reporting;
using HxOps.Rollback.Running;

namespace HxOps.Cli.Commands.Rollbacks;

/// <summary>Lists the runs.</summary>
internal sealed class RollbackListCommand(CommandHost host)
    : VerbCommand(host, "list", "List the rollbacks that were run, newest first.", "hxops rollback list")
{
    protected override Task<ExitCode> RunAsync(Call call, CancellationToken cancellation)
    {
        call.Write(new RunCatalog(call.Context).List(), HxJson.Output.ImmutableArrayRunInfo, RollbackViews.List);
        return Task.FromResult(ExitCode.Done);
    }
}
