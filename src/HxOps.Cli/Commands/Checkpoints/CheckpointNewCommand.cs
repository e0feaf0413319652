using System.CommandLine;
using HxOps.Checkpoints;
using HxOps.Checkpoints.Taking;
using HxOps.Cli.Output;
using HxOps.Errors;
using HxOps.Reporting;

namespace HxOps.Cli.Commands.Checkpoints;

/// <summary>Takes a checkpoint.</summary>
internal sealed class CheckpointNewCommand : VerbCommand
{
    private readonly Option<string?> _note = Switches.Note();
    private readonly Option<bool> _whatIf = Switches.WhatIf();

    public CheckpointNewCommand(CommandHost host)
        : base(host, "new", "Take a checkpoint of the deployment.",
            "hxops checkpoint new --note 'before the LiteLLM update'", "hxops checkpoint new --what-if")
    {
        Add(_note);
        Add(_whatIf);
    }

    protected override async Task<ExitCode> RunAsync(Call call, CancellationToken cancellation)
    {
        if (call.Get(_whatIf))
        {
            call.Write(new CheckpointWriter(call.Context).Plan(), HxJson.Output.CapturePlan, CheckpointViews.Captured);
            return ExitCode.Done;
        }

        using var lease = call.Lock("taking a checkpoint");
        var request = new CheckpointRequest(CheckpointKind.Checkpoint, call.Get(_note) ?? "");
        var checkpoint = await new CheckpointWriter(call.Context).WriteAsync(request, lease, call.Events, cancellation);
        call.Write(checkpoint, HxJson.Output.CheckpointInfo, (page, taken) => CheckpointViews.Created(page, call.Context.Deployment, taken));
        return ExitCode.Done;
    }
}
