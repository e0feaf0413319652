using System.CommandLine;
using HxOps.Cli.Output;
using HxOps.Errors;
using HxOps.Reporting;
using HxOps.Rollback.Running;

namespace HxOps.Cli.Commands.Rollbacks;

/// <summary>Shows one run.</summary>
internal sealed class RollbackShowCommand : VerbCommand
{
    private readonly Argument<string?> _id;

    public RollbackShowCommand(CommandHost host)
        : base(host, "show", "Show a rollback that was run, step by step.", "hxops rollback show")
    {
        Add(_id = RunArguments.Optional(host, "The run to show. Default: the newest."));
    }

    protected override Task<ExitCode> RunAsync(Call call, CancellationToken cancellation)
    {
        call.Write(new RunCatalog(call.Context).Find(call.Get(_id)), HxJson.Output.RunInfo, RollbackViews.Run);
        return Task.FromResult(ExitCode.Done);
    }
}
