using System.Collections.Immutable;
using System.CommandLine;
using HxOps.Cli.Output;
using HxOps.Errors;
using HxOps.Reporting;
using HxOps.Services;

namespace HxOps.Cli.Commands.Gateway;

/// <summary>Shows what units logged.</summary>
internal abstract class LogCommand : VerbCommand
{
    private const int DefaultTail = 200;
    private static readonly string[] Priorities = ["emerg", "alert", "crit", "err", "warning", "notice", "info", "debug"];
    private readonly Option<TimeSpan?> _since = new("--since") { Description = "How far back, such as 10m or 2h. Default: 10m.", HelpName = "SPAN", CustomParser = SpanArgument.Parse };
    private readonly Option<int> _tail = new("--tail") { Description = $"At most so many last lines of each unit. Default: {DefaultTail}.", HelpName = "N", DefaultValueFactory = _ => DefaultTail };
    private readonly Option<string> _priority = new("--priority", "-p") { Description = "The least important lines wanted, such as err. Default: debug.", HelpName = "NAME", DefaultValueFactory = _ => "debug" };
    private readonly Option<string> _topic = new("--topic") { Description = "starts, errors (error, exception, fail) or requests (to /v1/).", HelpName = "NAME", DefaultValueFactory = _ => "all" };
    private readonly Option<string?> _pattern = new("--pattern") { Description = "Only lines that match this regular expression.", HelpName = "REGEX" };
    private readonly Option<bool> _follow = new("--follow", "-f") { Description = "Go on with the lines that come, until Ctrl+C. With --json one document a line." };

    protected LogCommand(CommandHost host, string name, string description, params ImmutableArray<string> examples)
        : base(host, name, description, examples)
    {
        _priority.AcceptOnlyFromAmong(Priorities);
        _topic.AcceptOnlyFromAmong("all", "starts", "errors", "requests");
        _tail.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && !(int.TryParse(result.Tokens[0].Value, out var lines) && lines is > 0 and <= 100_000))
                result.AddError($"--tail wants a number of lines from 1 to 100000, not '{result.Tokens[0].Value}'.");
        });
        foreach (var option in new Option[] { _since, _tail, _priority, _topic, _pattern, _follow })
            Add(option);
    }

    /// <summary>The units whose lines are wanted; none for all.</summary>
    protected abstract ImmutableArray<string> UnitsOf(Call call);

    protected override async Task<ExitCode> RunAsync(Call call, CancellationToken cancellation)
    {
        var request = new LogRequest
        {
            Units = UnitsOf(call),
            Since = call.Get(_since) ?? TimeSpan.FromMinutes(10),
            Tail = call.Get(_tail),
            Priority = (LogPriority)Array.IndexOf(Priorities, call.Get(_priority)),
            Topic = Enum.Parse<LogTopic>(call.Get(_topic)!, ignoreCase: true),
            Pattern = call.Get(_pattern),
        };
        var reader = new LogReader(call.Context);
        reader.Warn(request, call.Events);
        if (call.Get(_follow))
            return await FollowAsync(call, reader.FollowAsync(request, cancellation), cancellation);

        call.Write(await reader.ReadAsync(request, cancellation), HxJson.Output.ImmutableArrayLogLine, GatewayViews.Log);
        return ExitCode.Done;
    }

    private static async Task<ExitCode> FollowAsync(Call call, IAsyncEnumerable<LogLine> lines, CancellationToken cancellation)
    {
        try
        {
            await foreach (var line in lines)
                call.Write(line, HxJson.Lines.LogLine, GatewayViews.Line);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // To follow ends so, and not otherwise.
        }

        return ExitCode.Stopped;
    }
}
