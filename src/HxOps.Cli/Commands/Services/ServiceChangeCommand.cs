using System.Collections.Immutable;
using System.CommandLine;
using HxOps.Errors;
using HxOps.Services.Operating;

namespace HxOps.Cli.Commands.Services;

/// <summary>What starting, stopping and restarting a unit have in common.</summary>
internal abstract class ServiceChangeCommand : VerbCommand
{
    private readonly Argument<string?> _unit;
    private readonly Option<TimeSpan?> _timeout = ServiceArguments.Timeout();
    private readonly Option<bool> _whatIf = Switches.WhatIf();

    protected ServiceChangeCommand(CommandHost host, string name, string description, params ImmutableArray<string> examples)
        : base(host, name, description, examples)
    {
        Add(_unit = ServiceArguments.Unit(host));
        Add(_timeout);
        Add(_whatIf);
    }

    /// <summary>What is to be done.</summary>
    protected abstract ServiceAction ActionOf(Call call);

    /// <summary>Whether the service is asked for its health.</summary>
    protected virtual HealthWish HealthOf(Call call) => HealthWish.Skip;

    protected override Task<ExitCode> RunAsync(Call call, CancellationToken cancellation)
    {
        var order = ServiceOrder.For(call.Context.Deployment, call.Get(_unit), ActionOf(call), call.Get(_timeout));
        return ServiceFlow.RunAsync(call, order with { Health = HealthOf(call) }, call.Get(_whatIf), cancellation);
    }
}
