using System.Collections.Immutable;
using System.CommandLine;

namespace HxOps.Cli.Commands.Gateway;

/// <summary>Shows what the gateway's units logged.</summary>
internal sealed class GatewayLogCommand : LogCommand
{
    private readonly Option<string[]> _units = new("--unit") { Description = "Only this unit; may be repeated. Default: every unit of the deployment.", HelpName = "UNIT" };

    public GatewayLogCommand(CommandHost host)
        : base(host, "log", "Show what the gateway's units logged.", "hxops gateway log --since 10m", "hxops gateway log --topic errors --since 1d") => Add(_units);

    protected override ImmutableArray<string> UnitsOf(Call call) => [.. call.Get(_units) ?? []];
}
