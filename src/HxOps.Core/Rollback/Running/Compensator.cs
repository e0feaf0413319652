using System.Collections.Immutable;
using HxOps.Errors;
using HxOps.Reporting;
using HxOps.Rollback.Actions;
using HxOps.Rollback.Plans;

namespace HxOps.Rollback.Running;

/// <summary>
/// Takes back what was done, in reverse. Nothing stops it but each step's own budget and a step that is final: what was done before that
/// one stays as well, since the old state without it would be worse than either.
/// </summary>
internal sealed class Compensator(ActionExecutorSet executors, RunBook book, StepRunner steps)
{
    /// <summary>Takes back every step whose effect may have happened and that has not been taken back yet.</summary>
    public async Task RunAsync(PlanScenario scenario, ActionScope shared)
    {
        foreach (var step in scenario.Steps.Reverse())
        {
            var story = book.Story.Of(step.Name);
            if (!story.Touched.IsEmpty && !story.IsUndone)
            {
                await TakeBackAsync(step, shared);
            }

            if (book.Story.Of(step.Name).UndoFailed && steps.Effects(step).Contains(ActionEffect.Final))
            {
                return;
            }
        }
    }

    private async Task TakeBackAsync(PlanStep step, ActionScope shared)
    {
        var scope = shared with { Step = step.Name, Budget = step.Budget };
        using var time = new CancellationTokenSource(step.Budget, scope.Context.Clock);
        try
        {
            book.Note(RunRecordKind.UndoIntended, step.Name, StepNote.Empty);
            await Leftovers.EndAsync(scope, time.Token);
            var finding = await TakeBackAsync(step, book.Story.Of(step.Name), scope, time.Token);
            book.Note(RunRecordKind.UndoDone, step.Name, new StepNote { Finding = finding });
            scope.Events.Report(new StepEvent("undo " + step.Name, StepState.Succeeded, TimeSpan.Zero));
        }
        catch (Exception error) when (error is HxException or OperationCanceledException)
        {
            var why = error is HxException ? scope.Redactor.Redact(error.Message) : $"not taken back within its budget of {step.Budget.TotalSeconds:0.###} s";
            book.Note(RunRecordKind.UndoFailed, step.Name, new StepNote { Finding = why });
            scope.Events.Report(new WarningEvent("UndoFailed", $"The step '{step.Name}' could not be taken back: {why}", step.Name));
        }
    }

    private static PlanAction? StaysDone(ImmutableArray<StepWay> ways, StepStory story) => story.Touched
        .Where(way => !story.UndoNotes.ContainsKey(way))
        .Select(way => ways[way])
        .FirstOrDefault(way => way.Executor.EffectOf(way.Action) != ActionEffect.None)?.Action;

    private async Task<string> TakeBackAsync(PlanStep step, StepStory story, ActionScope scope, CancellationToken time)
    {
        if (step.Undo is { } undo)
        {
            var executor = executors.For(undo);
            var finding = await executor.ExecuteAsync(undo, scope, time);
            var conditions = executor.ObservationsOf(undo);
            var seen = conditions.IsEmpty ? null : await scope.Observer.WaitAsync(conditions, scope, time);
            return seen is null or { Holds: true }
                ? finding
                : throw new HxException(RunErrors.NotObserved, step.Name, $"Taken back, but not observed: {seen.Text}.");
        }

        var ways = steps.Ways(step);
        foreach (var way in story.Touched.Reverse())
        {
            var notes = story.UndoNotes.GetValueOrDefault(way, ImmutableSortedDictionary<string, string>.Empty);
            if (story.UndoNotes.ContainsKey(way))
            {
                await ways[way].Executor.UndoAsync(ways[way].Action, notes, scope, time);
            }
        }

        return StaysDone(ways, story) is { } left
            ? throw new HxException(RunErrors.NoWayBack, step.Name, $"the plan gives no way to take back '{left.Describe()}'")
            : story.UndoNotes.IsEmpty ? "it had changed nothing" : "put back";
    }
}
