using System.Collections.Immutable;
using System.CommandLine;
using HxOps.Cli.Output;
using HxOps.Deployments;
using HxOps.Errors;
using HxOps.Gateway;
using HxOps.Reporting;

namespace HxOps.Cli.Commands.Deployments;

/// <summary>Looks whether the host has what the deployment file says.</summary>
internal sealed class DeploymentTestCommand : VerbCommand
{
    private readonly Option<string> _scope = new("--scope")
    {
        Description = "all; production: the eight things to see to before production; startup: why a service does not start.",
        HelpName = "LIST",
        DefaultValueFactory = _ => "all",
    };

    private readonly Option<string?> _fix = new("--fix")
    {
        Description = "Repair one thing before: ownership gives the service's folder to its account; port ends the process that holds a port in place of its unit.",
        HelpName = "ownership|port",
    };

    private readonly Option<bool> _whatIf = Switches.WhatIf();
    private readonly Option<bool> _yes = Switches.Yes();

    public DeploymentTestCommand(CommandHost host)
        : base(host, "test", "Check whether this host has what the deployment file says; repairs nothing unless told to.",
            "hxops deployment test", "hxops deployment test --scope production", "hxops deployment test --fix ownership --what-if", "hxops deployment test --fix port")
    {
        _scope.AcceptOnlyFromAmong("all", "production", "startup");
        _fix.AcceptOnlyFromAmong("ownership", "port");
        foreach (var option in new Option[] { _scope, _fix, _whatIf, _yes })
            Add(option);
    }

    protected override async Task<ExitCode> RunAsync(Call call, CancellationToken cancellation)
    {
        // One document: what would be repaired, for the checks would tell nothing of it.
        if (call.IsJson && call.Get(_whatIf) && call.Get(_fix) is { } fix)
            return call.Preview(await DescribeAsync(call, fix, cancellation));

        if (call.Get(_fix) == "ownership")
            await RepairOwnershipAsync(call, cancellation);
        if (call.Get(_fix) == "port")
            await ReleasePortAsync(call, cancellation);

        var scope = Enum.Parse<PreflightScope>(call.Get(_scope)!, ignoreCase: true);
        var checks = await new DeploymentInspector(call.Context).InspectAsync(scope, call.Events, cancellation);
        call.Write(checks, HxJson.Output.ImmutableArrayPreflightResult, DeploymentViews.Preflight);
        return checks.Any(check => check.Verdict == Verdict.Unhealthy) ? ExitCode.VerificationFailed : ExitCode.Done;
    }

    private static async Task<ImmutableArray<string>> DescribeAsync(Call call, string fix, CancellationToken cancellation) => fix == "ownership"
        ? await new OwnershipRepair(call.Context).DescribeAsync(cancellation)
        : (await new PortRelease(call.Context).PlanAsync(cancellation)).Describe();

    private async Task RepairOwnershipAsync(Call call, CancellationToken cancellation)
    {
        var repair = new OwnershipRepair(call.Context);
        if (await IsAgreedAsync(call, await repair.DescribeAsync(cancellation), "Change the owners as described?", call.Context.Deployment.Service?.OwnFolder ?? "", cancellation))
            await repair.RunAsync(call.Events, cancellation);
    }

    private async Task ReleasePortAsync(Call call, CancellationToken cancellation)
    {
        var release = new PortRelease(call.Context);
        var plan = await release.PlanAsync(cancellation);
        if (await IsAgreedAsync(call, plan.Describe(), "End what is described?", "port", cancellation))
            await release.RunAsync(plan, call.Events, cancellation);
    }

    private async Task<bool> IsAgreedAsync(Call call, ImmutableArray<string> plan, string question, string target, CancellationToken cancellation)
    {
        foreach (var line in plan)
            call.Tell(line);

        if (plan.IsEmpty || call.Get(_whatIf))
            return false;

        await call.ConfirmAsync(question, target, call.Get(_yes), cancellation);
        return true;
    }
}
