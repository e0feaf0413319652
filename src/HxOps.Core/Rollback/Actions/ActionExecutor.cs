using System.Collections.Immutable;
using HxOps.Errors;
using HxOps.Rollback.Plans;

namespace HxOps.Rollback.Actions;

/// <summary>Carries out one kind of action.</summary>
internal interface IActionExecutor
{
    /// <summary>The kind.</summary>
    Type Kind { get; }

    /// <summary>What it means when an interrupted one is done again.</summary>
    RepeatRule RepeatOf(PlanAction action);

    /// <summary>What it leaves behind.</summary>
    ActionEffect EffectOf(PlanAction action);

    /// <summary>Whether a failure is a refusal that came before anything changed, so that there is nothing to take back.</summary>
    bool IsRefusal(PlanAction action, HxException failure);

    /// <summary>What must be seen for the action to count as done, whatever the step wants besides.</summary>
    ImmutableArray<PlanCondition> ObservationsOf(PlanAction action);

    /// <summary>Saves what undoing needs, durably; null when the action itself cannot be undone. Called before the effect.</summary>
    Task<ImmutableSortedDictionary<string, string>?> PrepareUndoAsync(PlanAction action, ActionScope scope, CancellationToken cancellation);

    /// <summary>Does it.</summary>
    /// <returns>What was found, in one line.</returns>
    /// <exception cref="HxException">It failed.</exception>
    Task<string> ExecuteAsync(PlanAction action, ActionScope scope, CancellationToken cancellation);

    /// <summary>Takes it back; may be called twice, and for an effect that never came.</summary>
    Task UndoAsync(PlanAction action, ImmutableSortedDictionary<string, string> notes, ActionScope scope, CancellationToken cancellation);
}

/// <summary>What it means when an interrupted action is done again.</summary>
internal enum RepeatRule
{
    /// <summary>It makes something so; where it is so already there is nothing left to do.</summary>
    Converges,

    /// <summary>Twice is as good as once.</summary>
    Harmless,

    /// <summary>Twice may do harm. Ending its processes ends it.</summary>
    Once,

    /// <summary>Twice may do harm, and what was sent cannot be called back: its effect may still be on its way when its sender is long gone.</summary>
    OnceSent,
}

/// <summary>An executor of actions of type <typeparamref name="T"/>.</summary>
internal abstract class ActionExecutor<T> : IActionExecutor
    where T : PlanAction
{
    /// <inheritdoc/>
    public Type Kind => typeof(T);

    /// <inheritdoc/>
    public RepeatRule RepeatOf(PlanAction action) => Repeat((T)action);

    /// <inheritdoc/>
    public ActionEffect EffectOf(PlanAction action) => Effect((T)action);

    /// <inheritdoc/>
    public bool IsRefusal(PlanAction action, HxException failure) => RefusedBefore((T)action, failure);

    /// <inheritdoc/>
    public ImmutableArray<PlanCondition> ObservationsOf(PlanAction action) => Observations((T)action);

    /// <inheritdoc/>
    public Task<ImmutableSortedDictionary<string, string>?> PrepareUndoAsync(PlanAction action, ActionScope scope, CancellationToken cancellation) =>
        PrepareAsync((T)action, scope, cancellation);

    /// <inheritdoc/>
    public Task<string> ExecuteAsync(PlanAction action, ActionScope scope, CancellationToken cancellation) => DoAsync((T)action, scope, cancellation);

    /// <inheritdoc/>
    public Task UndoAsync(PlanAction action, ImmutableSortedDictionary<string, string> notes, ActionScope scope, CancellationToken cancellation) =>
        TakeBackAsync((T)action, notes, scope, cancellation);

    /// <inheritdoc cref="IActionExecutor.RepeatOf"/>
    protected abstract RepeatRule Repeat(T action);

    /// <inheritdoc cref="IActionExecutor.EffectOf"/>
    protected abstract ActionEffect Effect(T action);

    /// <summary>
    /// Whether a failure came before anything changed. An exit code alone does not tell: a unit that is refused at its start has been stopped
    /// by then. So it is said by those who know.
    /// </summary>
    protected virtual bool RefusedBefore(T action, HxException failure) => false;

    /// <inheritdoc cref="IActionExecutor.ObservationsOf"/>
    protected virtual ImmutableArray<PlanCondition> Observations(T action) => [];

    /// <inheritdoc cref="IActionExecutor.PrepareUndoAsync"/>
    protected virtual Task<ImmutableSortedDictionary<string, string>?> PrepareAsync(T action, ActionScope scope, CancellationToken cancellation) =>
        Task.FromResult(ChangedFile(action, scope) is { } path ? SavedFile.Keep(path, scope) : null);

    /// <summary>The local path of the one file that the action changes, so that it can be put back; null when it changes none.</summary>
    protected virtual string? ChangedFile(T action, ActionScope scope) => null;

    /// <inheritdoc cref="IActionExecutor.ExecuteAsync"/>
    protected abstract Task<string> DoAsync(T action, ActionScope scope, CancellationToken cancellation);

    /// <inheritdoc cref="IActionExecutor.UndoAsync"/>
    protected virtual Task TakeBackAsync(T action, ImmutableSortedDictionary<string, string> notes, ActionScope scope, CancellationToken cancellation)
    {
        if (ChangedFile(action, scope) is { } path)
        {
            SavedFile.PutBack(path, notes, scope);
        }

        return Task.CompletedTask;
    }
}
