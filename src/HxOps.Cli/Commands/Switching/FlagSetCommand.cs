using System.CommandLine;
using HxOps.Cli.Commands.Rollbacks;
using HxOps.Cli.Output;
using HxOps.Errors;
using HxOps.Reporting;
using HxOps.Rollback.Plans;
using HxOps.Rollback.Switches;

namespace HxOps.Cli.Commands.Switching;

/// <summary>Sets a feature flag.</summary>
internal sealed class FlagSetCommand : FlagCommand
{
    private readonly Argument<string> _state = new("STATE") { HelpName = "on|off", Description = "What it becomes." };
    private readonly Option<int> _wait = SwitchArguments.Wait();
    private readonly Option<bool> _yes = Switches.Yes();
    private readonly Option<bool> _whatIf = Switches.WhatIf();

    public FlagSetCommand(CommandHost host)
        : base(host, "set", "Set a feature flag, and see that it is set.", "hxops flag set unified_llm_hub off")
    {
        _state.AcceptOnlyFromAmong("on", "off");
        Add(_state);
        foreach (var option in new Option[] { _wait, _yes, _whatIf })
            Add(option);
    }

    protected override async Task<ExitCode> RunAsync(Call call, CancellationToken cancellation)
    {
        var flag = Address(call);
        if (call.Get(_whatIf))
            return RollbackFlow.Preview(call, [$"turn the flag {flag.Flag} {call.Get(_state)}: PUT {flag.Url.GetLeftPart(UriPartial.Path)}"]);

        await call.ConfirmAsync($"Turn the flag {flag.Flag} {call.Get(_state)} at {flag.Url.GetLeftPart(UriPartial.Path)}?", flag.Flag, call.Get(_yes), cancellation);
        var position = call.Get(_state) == "on" ? SwitchPosition.On : SwitchPosition.Off;
        var state = await new FeatureFlags(call.Context).SetAsync(flag, position, TimeSpan.FromSeconds(call.Get(_wait)), call.Events, cancellation);
        call.Write(state, HxJson.Output.FlagState, SwitchViews.Flag);
        return ExitCode.Done;
    }
}
