using System.CommandLine;
using HxOps.Cli.Output;
using HxOps.Errors;
using HxOps.Reporting;
using HxOps.Restoring.Guarding;

namespace HxOps.Cli.Commands.Restores;

/// <summary>Keeps a guarded restore. It asks nothing: it is the answer itself.</summary>
internal sealed class RestoreConfirmCommand : VerbCommand
{
    private readonly Argument<string?> _id;
    private readonly Option<bool> _whatIf = Switches.WhatIf();

    public RestoreConfirmCommand(CommandHost host)
        : base(host, "confirm", "Keep a restore that would be undone by itself otherwise.", "hxops restore confirm")
    {
        Add(_id = RestoreArguments.Awaited(host, "The restore to confirm. Default: the one that awaits it."));
        Add(_whatIf);
    }

    protected override async Task<ExitCode> RunAsync(Call call, CancellationToken cancellation)
    {
        var confirmer = new RestoreConfirmer(call.Context);
        if (call.Get(_whatIf))
            call.Write(confirmer.Find(call.Get(_id)), HxJson.Output.RestoreInfo, RestoreViews.ToConfirm);
        else
            call.Write(await confirmer.ConfirmAsync(call.Get(_id), call.Events, cancellation), HxJson.Output.RestoreInfo, RestoreViews.Confirmed);
        return ExitCode.Done;
    }
}
