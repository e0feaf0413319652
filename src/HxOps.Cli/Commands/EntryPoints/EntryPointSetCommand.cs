using System.CommandLine;
using System.Globalization;
using HxOps.Cli.Output;
using HxOps.Errors;
using HxOps.Reporting;
using HxOps.Services.EntryPoints;
using HxOps.Services.EntryPoints.Rehearsing;

namespace HxOps.Cli.Commands.EntryPoints;

/// <summary>Makes the gateway's unit run another entry point.</summary>
internal sealed class EntryPointSetCommand : VerbCommand
{
    private readonly Argument<string?> _source;
    private readonly Option<string?> _config = EntryPointArguments.Configuration();
    private readonly Option<string?> _healthPath = new("--health-path") { Description = "Where its health is asked. Default: as the deployment file says for this kind of program.", HelpName = "PATH" };
    private readonly Option<string?> _keyVariable = new("--key-variable") { Description = "Environment variable with the key that its health is asked with.", HelpName = "NAME" };
    private readonly Option<int?> _expect = new("--expect") { Description = "Status code that its health must answer with. Default: 200.", HelpName = "CODE" };
    private readonly Option<TimeSpan?> _budget = new("--budget") { Description = "How long it may take to be proven healthy, such as 90s.", HelpName = "SPAN", CustomParser = SpanArgument.ParseLimit };
    private readonly Option<bool> _rehearse = Switches.Of("--rehearse", "Carry it out in a sandbox first, and for real only when that proves it. With --what-if, only in the sandbox.");
    private readonly Option<bool> _whatIf = Switches.WhatIf();
    private readonly Option<bool> _yes = Switches.Yes();

    public EntryPointSetCommand(CommandHost host)
        : base(host, "set", "Make the gateway's unit run an earlier entry point, prove that it does, and go back when it does not.",
            "hxops entrypoint set --what-if", "hxops entrypoint set git:1a2b3c4d5e --config /etc/litellm/config.yaml --yes")
    {
        _source = EntryPointArguments.Source(host);
        _healthPath.Validators.Add(result => Require(result.Tokens[0].Value.StartsWith('/'), result, "--health-path wants a path that begins with /."));
        _expect.Validators.Add(result => Require(
            int.TryParse(result.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var code) && code is >= 100 and <= 599, result, "--expect wants a status code from 100 to 599."));
        Add(_source);
        foreach (var option in new Option[] { _config, _healthPath, _keyVariable, _expect, _budget, _rehearse, _whatIf, _yes })
            Add(option);
    }

    protected override async Task<ExitCode> RunAsync(Call call, CancellationToken cancellation)
    {
        var change = new EntryPointSwitch(call.Context);
        if (!call.Get(_whatIf))
            await change.RecoverAsync(call.Events);

        var plan = await new EntryPointPlanner(call.Context).PlanAsync(Request(call), call.Events, cancellation);
        if (call.Get(_whatIf))
        {
            return call.Get(_rehearse) ? await RehearseAsync(call, plan, cancellation) : Show(call, plan);
        }

        if (!call.Get(_yes))
        {
            foreach (var line in plan.Describe())
                call.Tell(line);
            await call.ConfirmAsync($"Set the entry point of {plan.Id} as described?", plan.To.Id, agreed: false, cancellation);
        }

        call.TellSteps();
        var result = await change.RunAsync(plan, call.Get(_rehearse) ? Rehearsal(call) : null, call.Events, cancellation);
        call.Write(result, HxJson.Output.EntryPointResult, EntryPointViews.Result);
        return result.ExitCode;
    }

    private static ExitCode Show(Call call, EntryPointPlan plan)
    {
        call.Write(plan, HxJson.Output.EntryPointPlan, EntryPointViews.Plan);
        return ExitCode.Done;
    }

    private static async Task<ExitCode> RehearseAsync(Call call, EntryPointPlan plan, CancellationToken cancellation)
    {
        var report = await Rehearsal(call).RunAsync(plan, call.Events, cancellation);
        call.Write(report, HxJson.Output.RehearsalReport, EntryPointViews.Rehearsal);
        return report.IsProven ? ExitCode.Done : ExitCode.VerificationFailed;
    }

    private static EntryPointRehearsal Rehearsal(Call call) => new(call.Context, EntryPointStandInCommand.CommandOf);

    private EntryPointRequest Request(Call call) => new()
    {
        Source = call.Get(_source),
        ConfigurationPath = call.Get(_config),
        HealthPath = call.Get(_healthPath),
        KeyVariable = call.Get(_keyVariable),
        ExpectedStatus = call.Get(_expect),
        Budget = call.Get(_budget),
    };

    private static void Require(bool holds, System.CommandLine.Parsing.OptionResult result, string message)
    {
        if (!holds)
            result.AddError(message);
    }
}
