using System.Collections.Immutable;
using System.CommandLine;
using System.CommandLine.Parsing;
using HxOps.Checkpoints.Listing;
using HxOps.Deployments;
using HxOps.Errors;
using HxOps.Restoring;
using HxOps.Restoring.Planning;

namespace HxOps.Cli.Commands.Checkpoints;

/// <summary>Restores a checkpoint.</summary>
internal sealed class CheckpointRestoreCommand : VerbCommand
{
    private readonly Argument<string?> _archive;
    private readonly Option<bool> _noServices = Switches.Of("--no-services", "Neither stop nor start units.");
    private readonly Option<bool> _noGate = Switches.Of("--no-gate", "Do not test the gateway afterwards.");
    private readonly Option<bool> _noRollback = Switches.Of("--no-rollback", "Leave the restored state in place when the gate fails.");
    private readonly Option<bool> _mirror = Switches.Of("--mirror", "Also remove managed paths that the checkpoint does not have.");
    private readonly Option<TimeSpan?> _confirmWithin = new("--confirm-within")
    {
        Description = "Undo the restore by itself unless it is confirmed within this time, such as 5m.",
        HelpName = "SPAN",
        CustomParser = SpanArgument.Parse,
    };
    private readonly Option<bool> _whatIf = Switches.WhatIf();
    private readonly Option<bool> _yes = Switches.Yes();
    private readonly Option<string[]> _components = new("--component") { Description = "Restore only this component; may be repeated.", HelpName = "NAME" };
    private readonly Option<string[]> _owners = new("--map-owner")
    {
        Description = "Use TO of this host for the checkpoint's owner or group FROM; * stands for all others. May be repeated.",
        HelpName = "FROM=TO",
    };

    public CheckpointRestoreCommand(CommandHost host)
        : base(host, "restore", "Restore a checkpoint as one transaction: verify, back up, stop, replace, start, test.",
            "hxops checkpoint restore --what-if", "hxops checkpoint restore --yes", "hxops checkpoint restore --component config --what-if",
            "hxops checkpoint restore --confirm-within 5m --yes")
    {
        _archive = Archives.Optional(host);
        _components.CompletionSources.Add(Completion.From(host, context => context.Deployment.Components.Where(component => component.Role == ComponentRole.State).Select(component => component.Name)));
        _owners.Validators.Add(CheckOwners);
        Add(_archive);
        foreach (var option in new Option[] { _noServices, _noGate, _noRollback, _mirror, _components, _owners, _confirmWithin, _whatIf, _yes })
            Add(option);
    }

    protected override async Task<ExitCode> RunAsync(Call call, CancellationToken cancellation)
    {
        // Who agrees beforehand agrees to the plan for what stands once that has come to an end which killed processes have left.
        if (call.Get(_yes) && !call.Get(_whatIf))
            await new RestoreGround(call.Context).ClearAsync(call.Events, cancellation);

        var checkpoint = new CheckpointCatalog(call.Context).Find(call.Get(_archive));
        var plan = await new RestorePlanner(call.Context).PlanAsync(checkpoint, OptionsOf(call), call.Events, cancellation);
        return await RestoreFlow.RunAsync(call, plan, call.Get(_whatIf), call.Get(_yes), cancellation);
    }

    private RestoreOptions OptionsOf(Call call)
    {
        var switches = (call.Get(_noServices) ? RestoreSwitches.NoServices : 0)
            | (call.Get(_noGate) ? RestoreSwitches.NoGate : 0)
            | (call.Get(_noRollback) ? RestoreSwitches.NoRollback : 0)
            | (call.Get(_mirror) ? RestoreSwitches.Mirror : 0);
        var owners = (call.Get(_owners) ?? []).Select(pair => pair.Split('=', 2)).ToImmutableSortedDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);
        return new RestoreOptions { Components = [.. call.Get(_components) ?? []], Switches = switches, OwnerMap = owners, ConfirmWithin = call.Get(_confirmWithin) };
    }

    private static void CheckOwners(OptionResult result)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var token in result.Tokens)
        {
            var parts = token.Value.Split('=', 2);
            if (parts.Length != 2 || parts[0].Length == 0 || parts[1].Length == 0)
                result.AddError($"--map-owner wants FROM=TO, not '{token.Value}'.");
            else if (!seen.Add(parts[0]))
                result.AddError($"--map-owner names '{parts[0]}' twice.");
        }
    }
}
