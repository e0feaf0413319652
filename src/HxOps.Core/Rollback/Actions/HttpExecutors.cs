using System.Collections.Immutable;
using HxOps.Errors;
using HxOps.Gateway.Probers;
using HxOps.Rollback.Conditions;
using HxOps.Rollback.Plans;
using HxOps.Rollback.Running;
using HxOps.Rollback.Switches;

namespace HxOps.Rollback.Actions;

/// <summary>Sends requests.</summary>
internal sealed class HttpExecutor(HttpAsker asker) : ActionExecutor<HttpAction>
{
    /// <inheritdoc/>
    protected override ActionEffect Effect(HttpAction action) => action.Request.Method is "GET" or "HEAD" ? ActionEffect.None : ActionEffect.Lasting;

    /// <inheritdoc/>
    protected override RepeatRule Repeat(HttpAction action) => action.Request.Method switch
    {
        "GET" or "HEAD" or "PUT" or "DELETE" => RepeatRule.Harmless,
        _ => RepeatRule.OnceSent,
    };

    /// <inheritdoc/>
    protected override async Task<string> DoAsync(HttpAction action, ActionScope scope, CancellationToken cancellation)
    {
        var finding = await asker.AskAsync(action.Request, action.Expect, scope, cancellation);
        return finding.Holds == true
            ? finding.Text
            : throw new HxException(RunErrors.ActionFailed, action.Request.Url.GetLeftPart(UriPartial.Path), $"{action.Request.Describe()}: {finding.Text}.");
    }
}

/// <summary>Throws kill switches. Thrown is not enough: it counts once the health endpoint says so.</summary>
internal sealed class KillSwitchExecutor(GatewayConnector connector) : ActionExecutor<KillSwitchAction>
{
    /// <inheritdoc/>
    protected override ActionEffect Effect(KillSwitchAction action) => ActionEffect.Reversible;

    /// <inheritdoc/>
    protected override RepeatRule Repeat(KillSwitchAction action) => RepeatRule.Converges;

    /// <inheritdoc/>
    protected override ImmutableArray<PlanCondition> Observations(KillSwitchAction action) => [new KillSwitchCondition(action.Health, action.Position, action.Secret)];

    /// <inheritdoc/>
    protected override Task<ImmutableSortedDictionary<string, string>?> PrepareAsync(KillSwitchAction action, ActionScope scope, CancellationToken cancellation) =>
        SwitchBefore.NoteAsync(Observations(action), scope, cancellation);

    /// <inheritdoc/>
    protected override Task TakeBackAsync(KillSwitchAction action, ImmutableSortedDictionary<string, string> notes, ActionScope scope, CancellationToken cancellation) =>
        SwitchBefore.TurnBackAsync(this, action with { Position = SwitchBefore.Opposite(action.Position), Reason = "" }, notes, scope, cancellation);

    /// <inheritdoc/>
    protected override Task<string> DoAsync(KillSwitchAction action, ActionScope scope, CancellationToken cancellation) =>
        new SwitchClient(connector, scope.Context) { Deadline = scope.Budget }
            .OrderAsync(new KillSwitchAddress(action.Url, action.Health, action.Secret), action.Position, action.Reason, cancellation);
}

/// <summary>
/// Sets feature flags. Set is not enough: it counts once the endpoint reads so in all four fields. Taking back is left to the plan: only
/// its writer knows to which share of users the flag belongs.
/// </summary>
internal sealed class FeatureFlagExecutor(GatewayConnector connector) : ActionExecutor<FeatureFlagAction>
{
    /// <inheritdoc/>
    protected override ActionEffect Effect(FeatureFlagAction action) => ActionEffect.Lasting;

    /// <inheritdoc/>
    protected override RepeatRule Repeat(FeatureFlagAction action) => RepeatRule.Converges;

    /// <inheritdoc/>
    protected override ImmutableArray<PlanCondition> Observations(FeatureFlagAction action) => [new FeatureFlagCondition(action.Url, action.Flag, action.Position, action.Secret)];

    /// <inheritdoc/>
    protected override Task<string> DoAsync(FeatureFlagAction action, ActionScope scope, CancellationToken cancellation) =>
        new SwitchClient(connector, scope.Context) { Deadline = scope.Budget }
            .OrderAsync(new FlagAddress(action.Flag, action.Url, action.Secret), action.Position, cancellation);
}
