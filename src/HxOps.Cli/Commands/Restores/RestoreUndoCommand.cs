using System.CommandLine;
using HxOps.Errors;
using HxOps.Restoring;
using HxOps.Restoring.Planning;

namespace HxOps.Cli.Commands.Restores;

/// <summary>Undoes a restore from its safety checkpoint.</summary>
internal sealed class RestoreUndoCommand : VerbCommand
{
    private readonly Argument<string?> _id;
    private readonly Option<bool> _noServices = Switches.Of("--no-services", "Neither stop nor start units.");
    private readonly Option<bool> _noGate = Switches.Of("--no-gate", "Do not test the gateway afterwards.");
    private readonly Option<bool> _noRollback = Switches.Of("--no-rollback", "Leave the state in place when the gate fails.");
    private readonly Option<bool> _whatIf = Switches.WhatIf();
    private readonly Option<bool> _yes = Switches.Yes();

    public RestoreUndoCommand(CommandHost host)
        : base(host, "undo", "Bring back the state before a restore.", "hxops restore undo --what-if", "hxops restore undo --yes")
    {
        Add(_id = RestoreArguments.Any(host, "The restore to undo. Default: the newest."));
        foreach (var option in new Option[] { _noServices, _noGate, _noRollback, _whatIf, _yes })
            Add(option);
    }

    protected override async Task<ExitCode> RunAsync(Call call, CancellationToken cancellation)
    {
        var switches = (call.Get(_noServices) ? RestoreSwitches.NoServices : 0)
            | (call.Get(_noGate) ? RestoreSwitches.NoGate : 0)
            | (call.Get(_noRollback) ? RestoreSwitches.NoRollback : 0);
        var plan = await new RestorePlanner(call.Context).PlanUndoAsync(call.Get(_id), new RestoreOptions { Switches = switches }, call.Events, cancellation);
        return await RestoreFlow.RunAsync(call, plan, call.Get(_whatIf), call.Get(_yes), cancellation);
    }
}
