using System.Collections.Immutable;
using HxOps.Rollback.Plans;

namespace HxOps.Rollback.Actions;

/// <summary>Starts, stops and restarts units.</summary>
internal sealed class ServiceExecutor : ActionExecutor<ServiceAction>
{
    /// <inheritdoc/>
    protected override ActionEffect Effect(ServiceAction action) => ActionEffect.Lasting;

    /// <inheritdoc/>
    protected override RepeatRule Repeat(ServiceAction action) => action.Verb == ServiceVerb.Restart ? RepeatRule.Harmless : RepeatRule.Converges;

    /// <inheritdoc/>
    protected override ImmutableArray<PlanCondition> Observations(ServiceAction action) =>
        [new UnitCondition(action.Unit, action.Verb == ServiceVerb.Stop ? SwitchPosition.Off : SwitchPosition.On)];

    /// <inheritdoc/>
    protected override async Task<string> DoAsync(ServiceAction action, ActionScope scope, CancellationToken cancellation)
    {
        var services = scope.Context.Services;
        if (action.Verb != ServiceVerb.Start)
        {
            await services.StopAsync(action.Unit, scope.Budget, cancellation);
        }

        var status = action.Verb == ServiceVerb.Stop
            ? await services.GetAsync(action.Unit, cancellation)
            : await services.StartAsync(action.Unit, scope.Budget, cancellation);
        return $"{action.Unit} is {status.Activity.ToString().ToLowerInvariant()}";
    }
}

/// <summary>Writes drop-ins.</summary>
internal sealed class DropInExecutor : ActionExecutor<DropInAction>
{
    private const int ReadableMode = 0x1A4;
    private const UnixFileMode FolderMode = (UnixFileMode)0x1ED;

    /// <inheritdoc/>
    protected override ActionEffect Effect(DropInAction action) => ActionEffect.Reversible;

    /// <inheritdoc/>
    protected override RepeatRule Repeat(DropInAction action) => RepeatRule.Harmless;

    /// <inheritdoc/>
    protected override string ChangedFile(DropInAction action, ActionScope scope) => scope.Locate(action.Path);

    /// <inheritdoc/>
    protected override async Task<string> DoAsync(DropInAction action, ActionScope scope, CancellationToken cancellation)
    {
        var path = scope.Locate(action.Path);
        Files.FolderSync.Create(System.IO.Path.GetDirectoryName(path)!, FolderMode);
        FileReplacement.Write(path, System.Text.Encoding.UTF8.GetBytes(action.Content), ReadableMode);
        await scope.Context.Services.ReloadDefinitionsAsync(cancellation);
        return "written, definitions read again";
    }

    /// <inheritdoc/>
    protected override async Task TakeBackAsync(DropInAction action, ImmutableSortedDictionary<string, string> notes, ActionScope scope, CancellationToken cancellation)
    {
        await base.TakeBackAsync(action, notes, scope, cancellation);
        await scope.Context.Services.ReloadDefinitionsAsync(cancellation);
    }
}
