using System.CommandLine;
using HxOps.Checkpoints.Comparing;
using HxOps.Checkpoints.Listing;
using HxOps.Cli.Output;
using HxOps.Errors;
using HxOps.Reporting;

namespace HxOps.Cli.Commands.Checkpoints;

/// <summary>Tells what differs between a checkpoint and the host, or another checkpoint.</summary>
internal sealed class CheckpointCompareCommand : VerbCommand
{
    private readonly Argument<string?> _archive;
    private readonly Option<string?> _with;

    public CheckpointCompareCommand(CommandHost host)
        : base(host, "compare", "Show what was added, removed or changed since a checkpoint.",
            "hxops checkpoint compare", "hxops checkpoint compare 20250811T040000Z --with 20250818T175013Z")
    {
        _archive = Archives.Optional(host);
        _with = Archives.Other(host);
        Add(_archive);
        Add(_with);
    }

    protected override async Task<ExitCode> RunAsync(Call call, CancellationToken cancellation)
    {
        var catalog = new CheckpointCatalog(call.Context);
        var before = catalog.Find(call.Get(_archive));
        var after = call.Get(_with) is { Length: > 0 } other ? catalog.Find(other) : null;
        var comparison = await new CheckpointComparer(call.Context).CompareAsync(before, after, call.Events, cancellation);
        call.Write(comparison, HxJson.Output.CheckpointComparison, CheckpointViews.Compared);
        return ExitCode.Done;
    }
}
