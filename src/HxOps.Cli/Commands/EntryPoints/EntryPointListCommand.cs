using HxOps.Cli.Output;
using HxOps.Errors;
using HxOps.Reporting;
using HxOps.Services.EntryPoints.History;

namespace HxOps.Cli.Commands.EntryPoints;

/// <summary>Lists what the gateway's unit runs and has run.</summary>
internal sealed class EntryPointListCommand(CommandHost host)
    : VerbCommand(host, "list", "List what the gateway's unit runs and has run: from the host, from checkpoints and from git.", "hxops entrypoint list --json")
{
    protected override async Task<ExitCode> RunAsync(Call call, CancellationToken cancellation)
    {
        var known = await new EntryPointHistory(call.Context).ListAsync(call.Events, cancellation);
        call.Write(known, HxJson.Output.ImmutableArrayEntryPoint, EntryPointViews.List);
        return ExitCode.Done;
    }
}
