using System.CommandLine;
using HxOps.Cli.Output;
using HxOps.Errors;
using HxOps.Reporting;
using HxOps.Rollback.Plans;
using HxOps.Rollback.Switches;

namespace HxOps.Cli.Commands.Switching;

/// <summary>Throws a kill switch: one verb for each position.</summary>
internal sealed class KillSwitchTurnCommand : KillSwitchCommand
{
    private readonly SwitchPosition _position;
    private readonly Option<string> _reason = new("--reason") { HelpName = "TEXT", Description = "A reason that is sent along.", DefaultValueFactory = _ => "" };
    private readonly Option<TimeSpan?> _wait = SwitchArguments.Wait();
    private readonly Option<bool> _yes = Switches.Yes();
    private readonly Option<bool> _whatIf = Switches.WhatIf();

    private KillSwitchTurnCommand(CommandHost host, SwitchPosition position, string name, string description)
        : base(host, name, description, $"hxops killswitch {name} --url http://localhost:3001/admin/kill-switch")
    {
        _position = position;
        foreach (var option in new Option[] { _reason, _wait, _yes, _whatIf })
            Add(option);
    }

    public static KillSwitchTurnCommand On(CommandHost host) => new(host, SwitchPosition.On, "on", "Stop every request at the service, and see that it does.");

    public static KillSwitchTurnCommand Off(CommandHost host) => new(host, SwitchPosition.Off, "off", "Let the service serve again, and see that it does.");

    protected override async Task<ExitCode> RunAsync(Call call, CancellationToken cancellation)
    {
        var address = Address(call);
        var shown = address.Url.GetLeftPart(UriPartial.Path);
        if (call.Get(_whatIf))
            return call.Preview([$"turn the kill switch {Name}: POST {shown}, see it at {address.Health.GetLeftPart(UriPartial.Path)}"]);

        await call.ConfirmAsync($"Turn the kill switch {Name} at {shown}?", shown, call.Get(_yes), cancellation);
        var state = await new KillSwitches(call.Context).SetAsync(address, _position, call.Get(_reason)!, call.Get(_wait) ?? SwitchArguments.DefaultWait, call.Events, cancellation);
        call.Write(state, HxJson.Output.KillSwitchState, SwitchViews.KillSwitch);
        return ExitCode.Done;
    }
}
