using HxOps.Errors;
using HxOps.Gateway.Probers;
using HxOps.Reporting;
using HxOps.Rollback.Plans;

namespace HxOps.Rollback.Switches;

/// <summary>Reads and throws kill switches. Thrown is not enough: it counts once the health endpoint says so.</summary>
public sealed class KillSwitches(DeploymentContext context)
{
    /// <summary>How the kill switch stands, and what that is worth.</summary>
    public async Task<KillSwitchState> GetAsync(KillSwitchAddress address, CancellationToken cancellation)
    {
        using var connector = new GatewayConnector();
        return (await ReadAsync(new SwitchClient(connector, context), address, cancellation)).State;
    }

    /// <summary>Throws the kill switch and looks until the health endpoint says so.</summary>
    /// <param name="address">Where.</param>
    /// <param name="position">On means that no request is served.</param>
    /// <param name="reason">The reason that is sent along; empty for none.</param>
    /// <param name="limit">The longest wait.</param>
    /// <param name="events">Steps and warnings.</param>
    /// <param name="cancellation">Gives up waiting; the order stands.</param>
    /// <exception cref="HxException">SwitchRefused, SwitchNotObserved.</exception>
    public Task<KillSwitchState> SetAsync(
        KillSwitchAddress address, SwitchPosition position, string reason, TimeSpan limit, IProgress<HxEvent> events, CancellationToken cancellation) =>
        new SwitchTurn(context, "kill switch", SwitchClient.Shown(address.Url), events).RunAsync(
            position, limit, client => client.OrderAsync(address, position, reason, cancellation), client => ReadAsync(client, address, cancellation), cancellation);

    private async Task<(KillSwitchState State, SwitchReading Reading)> ReadAsync(SwitchClient client, KillSwitchAddress address, CancellationToken cancellation)
    {
        var memory = new SwitchMemory(context);
        var reading = await client.ReadKillSwitchAsync(address.Health, address.Secret, cancellation);
        var state = new KillSwitchState
        {
            Id = SwitchClient.Shown(address.Url),
            State = reading.State,
            Answered = reading.Answered,
            ObservedUtc = context.Clock.GetUtcNow(),
            Health = SwitchClient.Shown(address.Health),
            Finding = reading.Finding,
        };
        switch (reading)
        {
            case { Answered: AnswerSource.Live, State: { } position }:
                memory.Remember(state.Id, new SeenSwitch(position, null, state.ObservedUtc));
                break;
            case { Answered: AnswerSource.Default } when memory.Recall(state.Id) is { } seen:
                state = state with { State = seen.State, Answered = AnswerSource.Cached, ObservedUtc = seen.TimeUtc, Finding = $"{reading.Finding}; this is what it said last" };
                break;
            case { Answered: AnswerSource.Default }:
                state = state with { State = SwitchPosition.Off, Finding = $"{reading.Finding}; nothing was seen before, and a kill switch that nobody threw is off" };
                break;
        }

        return (state, reading);
    }
}
