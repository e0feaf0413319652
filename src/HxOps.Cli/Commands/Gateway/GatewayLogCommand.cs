using System.Collections.Immutable;
using System.CommandLine;
using HxOps.Cli.Commands.Services;

namespace HxOps.Cli.Commands.Gateway;

/// <summary>Shows what the gateway's units logged.</summary>
internal sealed class GatewayLogCommand : LogCommand
{
    private readonly Option<string[]> _units;

    public GatewayLogCommand(CommandHost host)
        : base(host, "log", "Show what the gateway's units logged.", "hxops gateway log --since 10m", "hxops gateway log --topic errors --since 1d") => Add(_units = ServiceArguments.Filter(host));

    protected override ImmutableArray<string> UnitsOf(Call call) => [.. call.Get(_units) ?? []];
}
