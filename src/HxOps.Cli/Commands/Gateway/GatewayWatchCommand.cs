using System.Collections.Immutable;
using System.CommandLine;
using HxOps.Cli.Output;
using HxOps.Errors;
using HxOps.Gateway;
using HxOps.Reporting;

namespace HxOps.Cli.Commands.Gateway;

/// <summary>Asks the gate again and again.</summary>
internal sealed class GatewayWatchCommand : VerbCommand
{
    private readonly Option<TimeSpan?> _interval = new("--interval") { HelpName = "SPAN", Description = "From the begin of a look to the begin of the next. Default: 5s.", CustomParser = SpanArgument.Parse };
    private readonly Option<TimeSpan?> _for = new("--for") { HelpName = "SPAN", Description = "How long to watch, such as 10m. Default: until Ctrl+C.", CustomParser = SpanArgument.Parse };
    private readonly Option<string?> _until = new("--until") { HelpName = "VERDICT", Description = "End as soon as the gateway is healthy, unhealthy or inconclusive." };
    private readonly Option<bool> _onChange = new("--on-change") { Description = "Show only looks at which the verdict or the failing probes changed." };
    private readonly Option<string[]> _probes;
    private readonly Option<string> _profile = GateArguments.Profile("free");

    public GatewayWatchCommand(CommandHost host)
        : base(host, "watch", "Ask the gate again and again, and show what it sees; with --json at the end.",
            "hxops gateway watch --on-change", "hxops gateway watch --until healthy --for 2m")
    {
        _probes = GateArguments.Probes(host);
        _until.AcceptOnlyFromAmong("healthy", "unhealthy", "inconclusive");
        foreach (var option in new Option[] { _interval, _for, _until, _onChange, _profile, _probes })
            Add(option);
    }

    protected override async Task<ExitCode> RunAsync(Call call, CancellationToken cancellation)
    {
        var request = new WatchRequest
        {
            Gate = new GateRequest { Profile = call.Get(_profile) == "full" ? GateProfile.Full : GateProfile.Free, Probes = [.. call.Get(_probes) ?? []] },
            Interval = call.Get(_interval) ?? TimeSpan.FromSeconds(5),
            For = call.Get(_for),
            Until = call.Get(_until) is { } wanted ? Enum.Parse<Verdict>(wanted, ignoreCase: true) : null,
            OnChange = call.Get(_onChange),
        };
        return call.IsJson ? await CollectAsync(call, request, cancellation) : await ShowAsync(call, request, cancellation);
    }

    private static async Task<ExitCode> ShowAsync(Call call, WatchRequest request, CancellationToken cancellation)
    {
        GateLook? last = null;
        var end = await FollowAsync(call, request, look => call.Tell(GatewayViews.Look(last = look)), cancellation);
        return end == ExitCode.Done && request.Missed(last) is { } failure ? throw failure : end;
    }

    /// <summary>One document: it tells by its last look and the exit code whether the wanted verdict was seen.</summary>
    private static async Task<ExitCode> CollectAsync(Call call, WatchRequest request, CancellationToken cancellation)
    {
        var looks = ImmutableArray.CreateBuilder<GateLook>();
        var end = await FollowAsync(call, request, looks.Add, cancellation);
        call.Write(looks.ToImmutable(), HxJson.Output.ImmutableArrayGateLook, (_, _) => { });
        return end == ExitCode.Done && request.Missed(looks.LastOrDefault()) is { } failure ? failure.Id.ExitCode : end;
    }

    private static async Task<ExitCode> FollowAsync(Call call, WatchRequest request, Action<GateLook> handle, CancellationToken cancellation)
    {
        try
        {
            await foreach (var look in new GateWatch(call.Context).WatchAsync(request, cancellation))
                handle(look);
            return ExitCode.Done;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // A watch without a limit ends so, and not otherwise: what it saw counts.
            return ExitCode.Stopped;
        }
    }
}
