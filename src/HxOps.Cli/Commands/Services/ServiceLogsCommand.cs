using System.Collections.Immutable;
using System.CommandLine;
using HxOps.Cli.Commands.Gateway;
using HxOps.Services.Operating;

namespace HxOps.Cli.Commands.Services;

/// <summary>Shows what one unit logged.</summary>
internal sealed class ServiceLogsCommand : LogCommand
{
    private readonly Argument<string?> _unit;

    public ServiceLogsCommand(CommandHost host)
        : base(host, "logs", "Show what a unit logged.", "hxops service logs --priority err", "hxops service logs --follow") => Add(_unit = ServiceArguments.Unit(host));

    protected override ImmutableArray<string> UnitsOf(Call call) => [ServiceUnits.Choose(call.Context.Deployment, call.Get(_unit))];
}
