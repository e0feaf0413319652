using System.Text.Json.Nodes;
using HxOps.Errors;
using HxOps.Gateway.Probers;
using HxOps.Reporting;
using HxOps.Rollback.Plans;

namespace HxOps.Rollback.Switches;

/// <summary>Reads and throws kill switches. Thrown is not enough: it counts once the health endpoint says so.</summary>
public sealed class KillSwitches(DeploymentContext context)
{
    private const string Reason = "Kill switch active";

    /// <summary>How the kill switch stands, and what that is worth.</summary>
    public async Task<KillSwitchState> GetAsync(KillSwitchAddress address, CancellationToken cancellation)
    {
        using var client = new SwitchClient(context);
        return await ReadAsync(client, address, cancellation);
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
        new SwitchTurn(context, "kill switch", SwitchClient.Shown(address.Url), events).RunAsync(position, limit, async client =>
        {
            var body = new JsonObject { ["enabled"] = position == SwitchPosition.On };
            if (reason.Length > 0)
            {
                body["reason"] = reason;
            }

            await client.OrderAsync(HttpMethod.Post, address.Url, address.Secret, body, cancellation);
        }, client => ReadAsync(client, address, cancellation), state => state.Answered == AnswerSource.Live && state.State == position, state => state.Finding, cancellation);

    private async Task<KillSwitchState> ReadAsync(SwitchClient client, KillSwitchAddress address, CancellationToken cancellation)
    {
        var memory = new SwitchMemory(context);
        var answer = await client.ReadAsync(address.Health, address.Secret, cancellation);
        var state = new KillSwitchState
        {
            Id = SwitchClient.Shown(address.Url),
            State = SwitchPosition.Off,
            Answered = AnswerSource.Default,
            ObservedUtc = context.Clock.GetUtcNow(),
            Health = SwitchClient.Shown(address.Health),
            Finding = $"{answer.Finding}; nothing was seen before, and a kill switch that nobody threw is off",
        };
        if (Judge(answer) is not { } judged)
        {
            return memory.Recall(state.Id) is { } seen
                ? state with { State = seen.State, Answered = AnswerSource.Cached, ObservedUtc = seen.TimeUtc, Finding = $"{answer.Finding}; this is what it said last" }
                : state;
        }

        if (judged.Position is { } position && !answer.IsCached)
        {
            memory.Remember(state.Id, new SeenSwitch(position, null, state.ObservedUtc));
        }

        return state with { State = judged.Position, Answered = answer.IsCached ? AnswerSource.Cached : AnswerSource.Live, Finding = judged.Finding };
    }

    // Off is seen only in an answer that serves; disabled for another reason is neither.
    private static (SwitchPosition? Position, string Finding)? Judge(SwitchAnswer answer) => (answer.Status, answer.Json()) switch
    {
        (not 200, _) => null,
        (_, { } json) when json.TextAt("status") == "disabled" => json.TextAt("reason") == Reason
            ? (SwitchPosition.On, "disabled by the kill switch")
            : (null, "disabled for another reason"),
        _ => (SwitchPosition.Off, "serving"),
    };
}
