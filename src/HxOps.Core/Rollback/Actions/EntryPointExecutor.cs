using System.Collections.Immutable;
using System.Text;
using HxOps.Errors;
using HxOps.Formats;
using HxOps.Rollback.Plans;
using HxOps.Services;
using HxOps.Services.EntryPoints;

namespace HxOps.Rollback.Actions;

/// <summary>
/// Gives the gateway's unit an earlier entry point on disk; steps of the plan restart it and look at it. Taking it back puts the drop-in
/// back and, where the unit ran, restarts it.
/// </summary>
internal sealed class EntryPointExecutor : ActionExecutor<EntryPointAction>
{
    private const string Previous = "previous";
    private const string WasRunning = "running";
    private const int LongestId = 4096;

    /// <summary>How long an entry point that is given up may take to stop before it is killed.</summary>
    private static readonly TimeSpan UnprovenStop = TimeSpan.FromSeconds(5);

    /// <inheritdoc/>
    protected override ActionEffect Effect(EntryPointAction action) => ActionEffect.Reversible;

    /// <inheritdoc/>
    protected override RepeatRule Repeat(EntryPointAction action) => RepeatRule.Harmless;

    // What the plan of the change refuses; that another drop-in shadows the new one is found out only when it is written.
    /// <inheritdoc/>
    protected override bool RefusedBefore(EntryPointAction action, HxException failure) =>
        failure.Id == EntryPointErrors.Placeholder || failure.Id == EntryPointErrors.Missing || failure.Id == EntryPointErrors.HoldsSecret || failure.Id == EntryPointErrors.Linked;

    /// <inheritdoc/>
    protected override async Task<ImmutableSortedDictionary<string, string>?> PrepareAsync(EntryPointAction action, ActionScope scope, CancellationToken cancellation)
    {
        var plan = await PlanAsync(action, action.Source == Previous ? null : action.Source, scope, cancellation);

        // Once the drop-in is written, the previous one would be another: a resumed run must mean the same.
        scope.Folder.Write(ChosenName(scope), Encoding.UTF8.GetBytes(plan.To.Id));
        var status = await scope.Context.Services.GetAsync(plan.Id, cancellation);
        var isRunning = status.Activity is UnitActivity.Active or UnitActivity.Activating;
        return SavedFile.Keep(scope.Context.Root.Locate(plan.DropIn), scope).Add(WasRunning, isRunning ? "true" : "false").Add("unit", plan.Id).Add("dropIn", plan.DropIn);
    }

    /// <inheritdoc/>
    protected override async Task<string> DoAsync(EntryPointAction action, ActionScope scope, CancellationToken cancellation)
    {
        var chosen = ForeignText.Read(Path.Combine(scope.Folder.Path, ChosenName(scope)), LongestId);
        var plan = await PlanAsync(action, chosen, scope, cancellation);
        DropInFile.Write(scope.Context.Root.Locate(plan.DropIn), plan.After);
        await scope.Context.Services.ReloadDefinitionsAsync(cancellation);
        await new EffectiveCommand(scope.Context).RequireAsync(plan, cancellation);
        return $"{plan.Id} is set to {plan.To.Id}: {plan.To.Command}";
    }

    /// <inheritdoc/>
    protected override async Task TakeBackAsync(EntryPointAction action, ImmutableSortedDictionary<string, string> notes, ActionScope scope, CancellationToken cancellation)
    {
        var services = scope.Context.Services;
        SavedFile.PutBack(scope.Context.Root.Locate(notes["dropIn"]), notes, scope);
        await services.ReloadDefinitionsAsync(cancellation);
        await services.StopAsync(notes["unit"], UnprovenStop, cancellation);
        if (notes[WasRunning] == "true")
            await services.RestartAsync(notes["unit"], scope.Budget, cancellation);
    }

    private static Task<EntryPointPlan> PlanAsync(EntryPointAction action, string? source, ActionScope scope, CancellationToken cancellation) =>
        new EntryPointPlanner(scope.Context).PlanAsync(new EntryPointRequest { Source = source, ConfigurationPath = action.ConfigurationPath }, scope.Events, cancellation);

    private static string ChosenName(ActionScope scope) => $"entry-point-{scope.Step}";
}
