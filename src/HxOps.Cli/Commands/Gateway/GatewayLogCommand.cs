using System.Collections.Immutable;
using System.CommandLine;
using HxOps.Cli.Output;
using HxOps.Errors;
using HxOps.Reporting;
using HxOps.Services;

namespace HxOps.Cli.Commands.Gateway;

/// <summary>Shows what the gateway's units logged.</summary>
internal sealed class GatewayLogCommand : VerbCommand
{
    private const int DefaultTail = 200;
    private readonly Option<string[]> _units = new("--unit") { Description = "Only this unit; may be repeated. Default: every unit of the deployment.", HelpName = "UNIT" };
    private readonly Option<TimeSpan?> _since = new("--since") { Description = "How far back, such as 10m or 2h. Default: 10m.", HelpName = "SPAN", CustomParser = SpanArgument.Parse };
    private readonly Option<int> _tail = new("--tail") { Description = $"At most so many last lines of each unit. Default: {DefaultTail}.", HelpName = "N", DefaultValueFactory = _ => DefaultTail };

    public GatewayLogCommand(CommandHost host)
        : base(host, "log", "Show what the gateway's units logged.", "hxops gateway log --since 10m")
    {
        Add(_units);
        Add(_since);
        Add(_tail);
    }

    protected override async Task<ExitCode> RunAsync(Call call, CancellationToken cancellation)
    {
        var units = call.Get(_units) is { Length: > 0 } named ? named : [.. call.Context.Deployment.Units.Select(unit => unit.Name)];
        var since = call.Context.Clock.GetUtcNow() - (call.Get(_since) ?? TimeSpan.FromMinutes(10));
        var lines = ImmutableArray.CreateBuilder<LogLine>();
        foreach (var unit in units)
            lines.AddRange(await call.Context.Services.ReadLogAsync(unit, since, call.Get(_tail), cancellation));

        call.Write([.. lines.OrderBy(line => line.TimeUtc)], HxJson.Output.ImmutableArrayLogLine, GatewayViews.Log);
        return ExitCode.Done;
    }
}
