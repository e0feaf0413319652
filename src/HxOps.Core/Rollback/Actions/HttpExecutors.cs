using System.Collections.Immutable;
using System.Text.Json.Nodes;
using HxOps.Errors;
using HxOps.Rollback.Conditions;
using HxOps.Rollback.Plans;
using HxOps.Rollback.Running;

namespace HxOps.Rollback.Actions;

/// <summary>Sends requests.</summary>
internal sealed class HttpExecutor(HttpAsker asker) : ActionExecutor<HttpAction>
{
    /// <inheritdoc/>
    protected override RepeatRule Repeat(HttpAction action) => action.Request.Method switch
    {
        "GET" or "HEAD" or "PUT" or "DELETE" => RepeatRule.Harmless,
        _ => RepeatRule.Once,
    };

    /// <inheritdoc/>
    protected override Task<string> DoAsync(HttpAction action, ActionScope scope, CancellationToken cancellation) =>
        asker.DemandAsync(action.Request, action.Expect, scope, cancellation);
}

/// <summary>Throws kill switches. Thrown is not enough: it counts once the health endpoint says so.</summary>
internal sealed class KillSwitchExecutor(HttpAsker asker) : ActionExecutor<KillSwitchAction>
{
    /// <inheritdoc/>
    protected override RepeatRule Repeat(KillSwitchAction action) => RepeatRule.Converges;

    /// <inheritdoc/>
    protected override ImmutableArray<PlanCondition> Observations(KillSwitchAction action) => [new KillSwitchCondition(action.Health, action.Position)];

    /// <inheritdoc/>
    protected override Task<ImmutableSortedDictionary<string, string>?> PrepareAsync(KillSwitchAction action, ActionScope scope, CancellationToken cancellation) =>
        SwitchBefore.NoteAsync(Observations(action), scope, cancellation);

    /// <inheritdoc/>
    protected override Task TakeBackAsync(KillSwitchAction action, ImmutableSortedDictionary<string, string> notes, ActionScope scope, CancellationToken cancellation) =>
        SwitchBefore.TurnBackAsync(this, action with { Position = SwitchBefore.Opposite(action.Position), Reason = "" }, notes, scope, cancellation);

    /// <inheritdoc/>
    protected override Task<string> DoAsync(KillSwitchAction action, ActionScope scope, CancellationToken cancellation)
    {
        var body = new JsonObject { ["enabled"] = action.Position == SwitchPosition.On };
        if (action.Reason.Length > 0)
        {
            body["reason"] = action.Reason;
        }

        var call = HttpCall.Get(action.Url) with { Method = "POST", Body = body.ToJsonString(), Secret = action.Secret };
        return asker.DemandAsync(call, HttpExpectation.Ok, scope, cancellation);
    }
}

/// <summary>
/// Sets feature flags. Set is not enough: it counts once the endpoint reads so in all four fields. Taking back is left to the plan: only
/// its writer knows to which share of users the flag belongs.
/// </summary>
internal sealed class FeatureFlagExecutor(HttpAsker asker) : ActionExecutor<FeatureFlagAction>
{
    /// <inheritdoc/>
    protected override RepeatRule Repeat(FeatureFlagAction action) => RepeatRule.Converges;

    /// <inheritdoc/>
    protected override ImmutableArray<PlanCondition> Observations(FeatureFlagAction action) => [new FeatureFlagCondition(action.Url, action.Flag, action.Position)];

    /// <inheritdoc/>
    protected override Task<string> DoAsync(FeatureFlagAction action, ActionScope scope, CancellationToken cancellation)
    {
        var on = action.Position == SwitchPosition.On;
        var body = new JsonObject { ["enabled"] = on, ["rollout_percentage"] = on ? 100 : 0 };
        var call = HttpCall.Get(action.Url) with { Method = "PUT", Body = body.ToJsonString(), Secret = action.Secret };
        return asker.DemandAsync(call, HttpExpectation.Ok, scope, cancellation);
    }
}

/// <summary>What an answer that must be right means for an action.</summary>
internal static class HttpDemand
{
    /// <summary>Sends the request and takes any other answer than the expected one for a failure.</summary>
    public static async Task<string> DemandAsync(this HttpAsker asker, HttpCall call, HttpExpectation expect, ActionScope scope, CancellationToken cancellation)
    {
        var finding = await asker.AskAsync(call, expect, scope, cancellation);
        return finding.Holds == true
            ? finding.Text
            : throw new HxException(RunErrors.ActionFailed, call.Url.GetLeftPart(UriPartial.Path), $"{call.Describe()}: {finding.Text}.");
    }
}
