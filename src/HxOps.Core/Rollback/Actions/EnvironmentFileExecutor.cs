using System.Collections.Immutable;
using HxOps.Rollback.Plans;

namespace HxOps.Rollback.Actions;

/// <summary>Changes one key of an environment file.</summary>
internal sealed class EnvironmentFileExecutor : ActionExecutor<EnvironmentFileAction>
{
    private const int PrivateMode = 0x180;

    /// <inheritdoc/>
    protected override ActionEffect Effect(EnvironmentFileAction action) => ActionEffect.Reversible;

    /// <inheritdoc/>
    protected override RepeatRule Repeat(EnvironmentFileAction action) => RepeatRule.Converges;

    /// <inheritdoc/>
    protected override ImmutableArray<PlanCondition> Observations(EnvironmentFileAction action) =>
        [new EnvironmentFileCondition(action.File, action.Key, action.Value)];

    /// <inheritdoc/>
    protected override string ChangedFile(EnvironmentFileAction action, ActionScope scope) => scope.Locate(action.File);

    /// <inheritdoc/>
    protected override Task<string> DoAsync(EnvironmentFileAction action, ActionScope scope, CancellationToken cancellation)
    {
        var path = scope.Locate(action.File);
        var text = new EnvironmentText(FileReplacement.Read(path));
        if (text.Value(action.Key) == action.Value)
        {
            return Task.FromResult($"{action.Key} was set so already");
        }

        FileReplacement.Write(path, text.With(action.Key, action.Value), PrivateMode);
        return Task.FromResult($"{action.Key} set");
    }
}
