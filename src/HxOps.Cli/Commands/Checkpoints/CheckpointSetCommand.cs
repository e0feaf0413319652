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
    private readonly Argument<string> _archive;
    private readonly Option<bool> _pin = Switches.Of("--pin", "Every pruning keeps it.");
    private readonly Option<bool> _unpin = Switches.Of("--unpin", "Take the pin away.");
    private readonly Option<bool> _good = Switches.Of("--known-good", "Declare it good; every pruning keeps it.");
    private readonly Option<bool> _notGood = Switches.Of("--not-known-good", "Take the declaration back.");
    private readonly Option<string?> _note = Switches.Note();

    public CheckpointSetCommand(CommandHost host)
        : base(host, "set", "Pin a checkpoint, declare it good, or note something about it.",
            "hxops checkpoint set gw-checkpoint-20250818T175013Z --pin --note 'ran a week'")
    {
        _archive = Archives.Required(host);
        Add(_archive);
        foreach (var option in new Option[] { _pin, _unpin, _good, _notGood, _note })
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
        using var lease = call.Lock("annotating a checkpoint");
        var checkpoint = new CheckpointCatalog(call.Context).Find(call.Get(_archive));
        var change = new CheckpointAnnotation(Choice(call, _pin, _unpin), Choice(call, _good, _notGood), call.Get(_note));
        var changed = new CheckpointAnnotator(call.Context).Annotate(checkpoint, change, lease);
        call.Write(changed, HxJson.Output.CheckpointInfo, CheckpointViews.Facts);
        return Task.FromResult(ExitCode.Done);
    }

    private static bool? Choice(Call call, Option<bool> yes, Option<bool> no) => call.Get(yes) ? true : call.Get(no) ? false : null;
}
