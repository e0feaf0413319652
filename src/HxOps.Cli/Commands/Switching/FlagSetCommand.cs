using System.CommandLine;
using HxOps.Cli.Output;
using HxOps.Errors;
using HxOps.Reporting;
using HxOps.Rollback.Plans;
using HxOps.Rollback.Switches;

namespace HxOps.Cli.Commands.Switching;

/// <summary>Sets a feature flag.</summary>
internal sealed class FlagSetCommand : FlagCommand
{
    private const string On = "on";
    private const string Off = "off";
    private readonly Argument<string?> _state = new("STATE") { HelpName = "on|off", Description = "What it becomes; the only word where the flag is not named.", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<TimeSpan?> _wait = SwitchArguments.Wait();
    private readonly Option<bool> _yes = Switches.Yes();
    private readonly Option<bool> _whatIf = Switches.WhatIf();

    public FlagSetCommand(CommandHost host)
        : base(host, "set", "Set a feature flag, and see that it is set.", "hxops flag set off", "hxops flag set unified_llm_hub off --what-if")
    {
        _state.AcceptOnlyFromAmong(On, Off);
        Add(_state);
        foreach (var option in new Option[] { _wait, _yes, _whatIf })
            Add(option);
        Validators.Add(result =>
        {
            if (result.GetResult(_state) is not { Tokens.Count: > 0 } && result.GetResult(FirstWord) is not { Tokens: [{ Value: On or Off }] })
                result.AddError($"Say what the flag becomes: {On} or {Off}.");
        });
    }

    protected override async Task<ExitCode> RunAsync(Call call, CancellationToken cancellation)
    {
        var isNamed = call.Get(_state) is not null;
        var wanted = isNamed ? call.Get(_state) : call.Get(FirstWord);
        var flag = Address(call, isNamed ? call.Get(FirstWord) : null);
        if (call.Get(_whatIf))
            return call.Preview([$"turn the flag {flag.Flag} {wanted}: PUT {flag.Url.GetLeftPart(UriPartial.Path)}"]);

        await call.ConfirmAsync($"Turn the flag {flag.Flag} {wanted} at {flag.Url.GetLeftPart(UriPartial.Path)}?", flag.Flag, call.Get(_yes), cancellation);
        var position = wanted == On ? SwitchPosition.On : SwitchPosition.Off;
        var state = await new FeatureFlags(call.Context).SetAsync(flag, position, call.Get(_wait) ?? SwitchArguments.DefaultWait, call.Events, cancellation);
        call.Write(state, HxJson.Output.FlagState, SwitchViews.Flag);
        return ExitCode.Done;
    }
}
