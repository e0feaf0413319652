using HxOps.Evidence;
using HxOps.Rollback.Plans;

namespace HxOps.Rollback.Actions;

/// <summary>Saves evidence into the run's folder.</summary>
internal sealed class EvidenceExecutor : ActionExecutor<EvidenceAction>
{
    // What answers in time is kept whatever else hangs: writing it takes the rest.
    private const double ShareOfBudget = 0.8;

    /// <inheritdoc/>
    protected override ActionEffect Effect(EvidenceAction action) => ActionEffect.None;

    /// <inheritdoc/>
    protected override RepeatRule Repeat(EvidenceAction action) => RepeatRule.Harmless;

    /// <inheritdoc/>
    protected override async Task<string> DoAsync(EvidenceAction action, ActionScope scope, CancellationToken cancellation)
    {
        var request = EvidenceRequest.Of(scope.Plan, scope.Context) with { Note = action.Name, Addresses = action.Addresses, Deadline = scope.Budget * ShareOfBudget };
        var folder = Path.Combine(scope.Folder.Path, "evidence-" + action.Name);
        var info = await new EvidenceCollector(scope.Context).SaveAsync(request, folder, scope.Redactor, scope.Events, cancellation);
        var missing = info.Items.Count(item => !item.IsAvailable);
        return $"{info.Items.Length} files in {info.Id}{(missing > 0 ? $", {missing} sources did not answer" : "")}";
    }
}
