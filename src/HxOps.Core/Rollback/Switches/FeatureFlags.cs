using System.Text.Json;
using System.Text.Json.Nodes;
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
        using var client = new SwitchClient(context);
        return await ReadAsync(client, flag, cancellation);
    }

    /// <summary>Sets the flag and looks until it reads so.</summary>
    /// <param name="flag">The flag.</param>
    /// <param name="position">On for everybody, or off for everybody.</param>
    /// <param name="limit">The longest wait.</param>
    /// <param name="events">Steps and warnings.</param>
    /// <param name="cancellation">Gives up waiting; the order stands.</param>
    /// <exception cref="HxException">SwitchRefused, SwitchNotObserved.</exception>
    public Task<FlagState> SetAsync(FlagAddress flag, SwitchPosition position, TimeSpan limit, IProgress<HxEvent> events, CancellationToken cancellation) =>
        new SwitchTurn(context, "flag", flag.Flag, events).RunAsync(position, limit, async client =>
        {
            var on = position == SwitchPosition.On;
            await client.OrderAsync(HttpMethod.Put, flag.Url, flag.Secret, new JsonObject { ["enabled"] = on, ["rollout_percentage"] = on ? 100 : 0 }, cancellation);
        }, client => ReadAsync(client, flag, cancellation), state => IsSeen(state, position), state => state.Finding, cancellation);

    private static bool IsSeen(FlagState state, SwitchPosition position) =>
        state.Answered == AnswerSource.Live && state.State == position && (position == SwitchPosition.On || state.RolloutPercent == 0);

    private async Task<FlagState> ReadAsync(SwitchClient client, FlagAddress flag, CancellationToken cancellation)
    {
        var memory = new SwitchMemory(context);
        var answer = await client.ReadAsync(flag.Url, flag.Secret, cancellation);
        var now = context.Clock.GetUtcNow();
        var state = new FlagState
        {
            Id = flag.Flag,
            State = SwitchPosition.Off,
            RolloutPercent = null,
            Answered = AnswerSource.Default,
            ObservedUtc = now,
            Url = SwitchClient.Shown(flag.Url),
            Finding = "",
        };
        if (answer.Json() is { } json && json.TextAt("flag") == flag.Flag && Bool(json, "enabled") is { } enabled)
        {
            return Judge(state, json, enabled, answer, memory);
        }

        var finding = answer.Status == 200 ? "the answer is not that of this flag" : answer.Finding;
        return memory.Recall(state.Url) is { } seen
            ? state with { State = seen.State, RolloutPercent = seen.RolloutPercent, Answered = AnswerSource.Cached, ObservedUtc = seen.TimeUtc, Finding = $"{finding}; this is what it said last" }
            : state with { Finding = $"{finding}; nothing was seen before, and clients take such a flag for off" };
    }

    private static FlagState Judge(FlagState state, JsonElement json, bool enabled, SwitchAnswer answer, SwitchMemory memory)
    {
        var agrees = Bool(json, "config.enabled") == enabled;
        var rollout = json.At("config.rollout_percentage") is { ValueKind: JsonValueKind.Number } number ? number.GetDouble() : (double?)null;
        var position = enabled ? SwitchPosition.On : SwitchPosition.Off;
        state = state with
        {
            State = agrees ? position : null,
            RolloutPercent = rollout,
            Answered = answer.IsCached ? AnswerSource.Cached : AnswerSource.Live,
            Finding = agrees ? $"enabled {json.At("enabled")}, config.enabled {json.At("config.enabled")}, rollout {rollout?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "not told"}".ToLowerInvariant()
                : "enabled and config.enabled contradict each other",
        };
        if (agrees && !answer.IsCached)
        {
            memory.Remember(state.Url, new SeenSwitch(position, rollout, state.ObservedUtc));
        }

        return state;
    }

    private static bool? Bool(JsonElement json, string path) => json.At(path)?.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };
}
