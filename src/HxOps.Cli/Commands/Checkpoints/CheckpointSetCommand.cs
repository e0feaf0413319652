using System.CommandLine;
using HxOps.Checkpoints.Keeping;
using HxOps.Checkpoints.Listing;
using HxOps.Cli.Output;
using HxOps.Errors;
using HxOps.Reporting;

namespace HxOps.Cli.Commands.Checkpoints;

/// <summary>Writes what the operator says about a checkpoint.</summary>
internal sealed class CheckpointSetCommand : VerbCommand
{
    private readonly Argument<string?> _archive;
    private readonly Option<bool> _pin = Switches.Of("--pin", "Every pruning keeps it.");
    private readonly Option<bool> _unpin = Switches.Of("--unpin", "Take the pin away.");
    private readonly Option<bool> _good = Switches.Of("--known-good", "Declare it good; every pruning keeps it.");
    private readonly Option<bool> _notGood = Switches.Of("--not-known-good", "Take the declaration back.");
    private readonly Option<string?> _note = Switches.Note();
    private readonly Option<bool> _whatIf = Switches.WhatIf();

    public CheckpointSetCommand(CommandHost host)
        : base(host, "set", "Pin a checkpoint, declare it good, or note something about it.",
            "hxops checkpoint set --known-good", "hxops checkpoint set gw-checkpoint-20250818T175013Z --pin --note 'ran a week'")
    {
        _archive = Archives.Optional(host);
        Add(_archive);
        foreach (var option in new Option[] { _pin, _unpin, _good, _notGood, _note, _whatIf })
            Add(option);
        Validators.Add(result =>
        {
            if (result.GetValue(_pin) && result.GetValue(_unpin))
                result.AddError("Give --pin or --unpin, not both.");
            if (result.GetValue(_good) && result.GetValue(_notGood))
                result.AddError("Give --known-good or --not-known-good, not both.");
            if (!result.GetValue(_pin) && !result.GetValue(_unpin) && !result.GetValue(_good) && !result.GetValue(_notGood) && result.GetValue(_note) is null)
                result.AddError("Say what to set: --pin, --unpin, --known-good, --not-known-good or --note.");
        });
    }

    protected override Task<ExitCode> RunAsync(Call call, CancellationToken cancellation)
    {
        var annotator = new CheckpointAnnotator(call.Context);
        var checkpoint = annotator.Require(new CheckpointCatalog(call.Context).Find(call.Get(_archive)));
        var change = new CheckpointAnnotation(Choice(call, _pin, _unpin), Choice(call, _good, _notGood), call.Get(_note));
        if (call.Get(_whatIf))
            return Task.FromResult(call.Preview([$"change what is said about {checkpoint.Id}", .. change.Describe().Select(line => "- " + line)]));

        using var lease = call.Lock("annotating a checkpoint");
        call.Write(annotator.Annotate(checkpoint, change, lease), HxJson.Output.CheckpointInfo, CheckpointViews.Facts);
        return Task.FromResult(ExitCode.Done);
    }

    private static bool? Choice(Call call, Option<bool> yes, Option<bool> no) => call.Get(yes) ? true : call.Get(no) ? false : null;
}
