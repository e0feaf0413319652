using System.Collections.Immutable;
using HxOps.Errors;
using HxOps.Rollback.Plans;
using HxOps.Rollback.Running;

namespace HxOps.Rollback.Actions;

/// <summary>Remembers how a switch stood before a step turned it, so that taking back never turns what the step did not.</summary>
internal static class SwitchBefore
{
    private const string StoodSo = "stood-so";
    private const string Unseen = "unseen";

    /// <summary>Notes whether the wanted state was there already.</summary>
    public static async Task<ImmutableSortedDictionary<string, string>?> NoteAsync(ImmutableArray<PlanCondition> wanted, ActionScope scope, CancellationToken cancellation)
    {
        var finding = await scope.Observer.LookAsync(wanted, scope, cancellation);
        return ImmutableSortedDictionary<string, string>.Empty.Add(StoodSo, finding.Holds switch { true => "true", false => "false", null => Unseen });
    }

    /// <summary>Turns the switch back and waits until that is seen, unless it had stood so before.</summary>
    public static async Task TurnBackAsync(
        IActionExecutor executor, PlanAction back, ImmutableSortedDictionary<string, string> notes, ActionScope scope, CancellationToken cancellation)
    {
        if (notes[StoodSo] == Unseen)
        {
            throw new HxException(RunErrors.NotObserved, scope.Step, "Nobody saw how the switch stood before, so it was left as it is.");
        }

        if (notes[StoodSo] == "true")
        {
            return;
        }

        await executor.ExecuteAsync(back, scope, cancellation);
        var finding = await scope.Observer.WaitAsync(executor.ObservationsOf(back), scope, cancellation);
        if (finding.Holds != true)
        {
            throw new HxException(RunErrors.NotObserved, scope.Step, $"Turned back, but not observed: {finding.Text}.");
        }
    }

    public static SwitchPosition Opposite(SwitchPosition position) => position == SwitchPosition.On ? SwitchPosition.Off : SwitchPosition.On;
}
