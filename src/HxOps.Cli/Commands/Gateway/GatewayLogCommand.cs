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
        _tail.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && !(int.TryParse(result.Tokens[0].Value, out var lines) && lines is > 0 and <= 100_000))
                result.AddError($"--tail wants a number of lines from 1 to 100000, not '{result.Tokens[0].Value}'.");
        });
    }

    protected override async Task<ExitCode> RunAsync(Call call, CancellationToken cancellation)
    {
        var request = new LogRequest { Units = [.. call.Get(_units) ?? []], Since = call.Get(_since) ?? TimeSpan.FromMinutes(10), Tail = call.Get(_tail) };
        var lines = await new LogReader(call.Context).ReadAsync(request, cancellation);
        call.Write(lines, HxJson.Output.ImmutableArrayLogLine, GatewayViews.Log);
        return ExitCode.Done;
    }
}
