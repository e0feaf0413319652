using HxOps.Errors;
using HxOps.Gateway.Probers;
using HxOps.Reporting;
using HxOps.Rollback.Plans;

namespace HxOps.Rollback.Switches;

/// <summary>Reads and sets feature flags. Set is not enough: it counts once the endpoint itself reads so in all its fields.</summary>
public sealed class FeatureFlags(DeploymentContext context)
{
    /// <summary>How the flag stands, and what that is worth.</summary>
    public async Task<FlagState> GetAsync(FlagAddress flag, CancellationToken cancellation)
    {
        using var connector = new GatewayConnector();
        return (await ReadAsync(new SwitchClient(connector, context), flag, cancellation)).State;
    }

    /// <summary>Sets the flag and looks until it reads so.</summary>
    /// <param name="flag">The flag.</param>
    /// <param name="position">On for everybody, or off for everybody.</param>
    /// <param name="limit">The longest wait.</param>
    /// <param name="events">Steps and warnings.</param>
    /// <param name="cancellation">Gives up waiting; the order stands.</param>
    /// <exception cref="HxException">SwitchRefused, SwitchNotObserved.</exception>
    public Task<FlagState> SetAsync(FlagAddress flag, SwitchPosition position, TimeSpan limit, IProgress<HxEvent> events, CancellationToken cancellation) =>
        new SwitchTurn(context, "flag", flag.Flag, events).RunAsync(
            position, limit, client => client.OrderAsync(flag, position, cancellation), client => ReadAsync(client, flag, cancellation), cancellation);

    private async Task<(FlagState State, SwitchReading Reading)> ReadAsync(SwitchClient client, FlagAddress flag, CancellationToken cancellation)
    {
        var memory = new SwitchMemory(context);
        var reading = await client.ReadFlagAsync(flag, cancellation);
        var state = new FlagState
        {
            Id = flag.Flag,
            State = reading.State,
            RolloutPercent = reading.RolloutPercent,
            Answered = reading.Answered,
            ObservedUtc = context.Clock.GetUtcNow(),
            Url = SwitchClient.Shown(flag.Url),
            Finding = reading.Finding,
        };
        switch (reading)
        {
            case { Answered: AnswerSource.Live, State: { } position }:
                memory.Remember(state.Url, new SeenSwitch(position, reading.RolloutPercent, state.ObservedUtc));
                break;
            case { Answered: AnswerSource.Default } when memory.Recall(state.Url) is { } seen:
                state = state with { State = seen.State, RolloutPercent = seen.RolloutPercent, Answered = AnswerSource.Cached, ObservedUtc = seen.TimeUtc, Finding = $"{reading.Finding}; this is what it said last" };
                break;
            case { Answered: AnswerSource.Default }:
                state = state with { State = SwitchPosition.Off, Finding = $"{reading.Finding}; nothing was seen before, and clients take such a flag for off" };
                break;
        }

        return (state, reading);
    }
}
