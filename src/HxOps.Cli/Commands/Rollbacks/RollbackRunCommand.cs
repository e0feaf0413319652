using System.CommandLine;
using HxOps.Cli.Commands.Plans;
using HxOps.Errors;
using HxOps.Rollback.Running;

namespace HxOps.Cli.Commands.Rollbacks;

/// <summary>Carries out a plan.</summary>
internal sealed class RollbackRunCommand : VerbCommand
{
    private readonly Argument<string> _plan;
    private readonly Option<string?> _scenario;
    private readonly Option<string[]> _values = PlanArguments.Values();
    private readonly Option<bool> _whatIf = Switches.WhatIf();
    private readonly Option<bool> _yes = Switches.Yes();

    public RollbackRunCommand(CommandHost host)
        : base(host, "run", "Carry out a rollback plan: step by step, in its times, observed, and taken back when it fails.",
            "hxops rollback run llm-hub --what-if", "hxops rollback run llm-hub --scenario emergency --yes")
    {
        _plan = PlanArguments.Required(host);
        _scenario = PlanArguments.Scenario(host, _plan, "One of the plan's scenarios. Default: the first.");
        Add(_plan);
        foreach (var option in new Option[] { _scenario, _values, _whatIf, _yes })
            Add(option);
    }

    protected override async Task<ExitCode> RunAsync(Call call, CancellationToken cancellation)
    {
        var plan = call.ReadPlan(call.Get(_plan)!, _values);
        var scenario = call.Get(_scenario);
        var preview = new PlanRunner(call.Context, new TerminalApprover(call)).Describe(plan, scenario);
        return call.Get(_whatIf)
            ? call.Preview(preview)
            : await RollbackFlow.RunAsync(call, preview, plan.Name, call.Get(_yes), approver => new PlanRunner(call.Context, approver).RunAsync(plan, scenario, call.Events, cancellation), cancellation);
    }
}
