using System.Collections.Immutable;
using HxOps.Errors;
using HxOps.Reporting;
using HxOps.Rollback.Actions;
using HxOps.Rollback.Conditions;
using HxOps.Rollback.Plans;

namespace HxOps.Rollback.Running;

/// <summary>
/// Carries out one step: its way, and the other way when that fails, each within the step's budget. Every effect stands between two
/// records of the journal, so that an interruption leaves at most one step in doubt.
/// </summary>
internal sealed class StepRunner(ActionExecutorSet executors, RunBook book, RunClock clock, DoubtRule doubt)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);

    /// <summary>Carries the step out, or goes on with it where a killed process left it.</summary>
    /// <exception cref="OperationCanceledException">The user gave up.</exception>
    /// <exception cref="HxException">StepInDoubt.</exception>
    public async Task RunAsync(PlanStep step, ActionScope shared, CancellationToken cancellation)
    {
        var scope = shared with { Step = step.Name };
        var watch = System.Diagnostics.Stopwatch.StartNew();
        scope.Events.Report(new StepEvent(step.Name, StepState.Started, TimeSpan.Zero));
        if (book.Story.Of(step.Name).Last is null && await IsNotNeededAsync(step, scope, cancellation))
        {
            scope.Events.Report(new StepEvent(step.Name, StepState.Skipped, watch.Elapsed));
            return;
        }

        var ways = Ways(step);
        for (var way = book.Story.Of(step.Name).Way; way < ways.Length && !book.Story.Of(step.Name).IsDone; way++)
        {
            await TakeAsync(step, ways[way], way, scope, cancellation);
        }

        var isDone = book.Story.Of(step.Name).IsDone;
        scope.Events.Report(new StepEvent(step.Name, isDone ? StepState.Succeeded : StepState.Failed, watch.Elapsed));
    }

    /// <summary>The ways of a step with all that must be seen after each.</summary>
    public ImmutableArray<StepWay> Ways(PlanStep step)
    {
        var first = Way(step.Action, step.Observe);
        return step.Alternative is { } other ? [first, Way(other.Action, other.Observe)] : [first];
    }

    /// <summary>What the ways of a step leave behind.</summary>
    public IEnumerable<ActionEffect> Effects(PlanStep step) => Ways(step).Select(way => way.Executor.EffectOf(way.Action));

    private StepWay Way(PlanAction action, ImmutableArray<PlanCondition> observe) =>
        new(action, executors.For(action), [.. executors.For(action).ObservationsOf(action), .. observe]);

    private async Task<bool> IsNotNeededAsync(PlanStep step, ActionScope scope, CancellationToken cancellation)
    {
        var finding = step.When.IsEmpty ? ConditionFinding.Yes("") : await scope.Observer.LookAsync(step.When, scope, cancellation);
        if (finding.Holds != false)
        {
            return false; // A condition that cannot be seen is no reason to leave a step out.
        }

        book.Note(RunRecordKind.Skipped, step.Name, new StepNote { Finding = "not needed: " + finding.Text });
        return true;
    }

    private async Task TakeAsync(PlanStep step, StepWay way, int number, ActionScope shared, CancellationToken cancellation)
    {
        if (clock.Left == TimeSpan.Zero)
        {
            Fail(step, new StepNote { Way = number }, "the scenario's budget is used up");
            return;
        }

        var budget = step.Budget < clock.Left ? step.Budget : clock.Left;
        var scope = shared with { Budget = budget };
        using var time = new CancellationTokenSource(budget, scope.Context.Clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(time.Token, cancellation);
        var first = await SettleAsync(step, way, number, scope, both.Token, cancellation);
        var pause = FirstPause;
        for (var attempt = first; attempt <= step.Attempts && !book.Story.Of(step.Name).IsDone && !time.IsCancellationRequested; attempt++)
        {
            var note = new StepNote { Way = number, Attempt = attempt };
            await NotingFailureAsync(step, way, note, scope, () => TryAsync(step, way, note, scope, both.Token), cancellation);
            if (attempt < step.Attempts && !book.Story.Of(step.Name).IsDone && !both.IsCancellationRequested)
            {
                await Task.Delay(pause, scope.Context.Clock, both.Token).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
                pause *= 2;
            }
        }

        cancellation.ThrowIfCancellationRequested();
    }

    private async Task NotingFailureAsync(PlanStep step, StepWay way, StepNote note, ActionScope scope, Func<Task> work, CancellationToken user)
    {
        try
        {
            await work();
        }
        catch (OperationCanceledException) when (!user.IsCancellationRequested)
        {
            Fail(step, note, $"not done within its budget of {scope.Budget.TotalSeconds:0.###} s; what it had started was ended");
        }
        catch (HxException error)
        {
            user.ThrowIfCancellationRequested(); // What a stop cut off has not failed: a resumed run goes on with it.
            Fail(step, note with { IsRefusal = way.Executor.IsRefusal(way.Action, error) }, error.Message);
        }
    }

    private void Fail(PlanStep step, StepNote note, string finding) => book.Note(RunRecordKind.Failed, step.Name, note with { Finding = finding });

    // What a killed process left: a step whose effect may or may not have happened. Gives the attempt to go on with.
    private async Task<int> SettleAsync(PlanStep step, StepWay way, int number, ActionScope scope, CancellationToken time, CancellationToken user)
    {
        var story = book.Story.Of(step.Name);
        if (story.Last is null or RunRecordKind.UndoPrepared || story.Way != number)
        {
            return 1;
        }

        if (story.Last == RunRecordKind.Failed)
        {
            return story.Attempt + 1;
        }

        await Leftovers.EndAsync(scope, user);
        var note = new StepNote { Way = number, Attempt = story.Attempt };
        if (story.Last == RunRecordKind.Effected)
        {
            await NotingFailureAsync(step, way, note, scope, () => ObserveAsync(step, way, note, scope, time), user);
            return story.Attempt + 1;
        }

        var finding = way.Observe.IsEmpty ? ConditionFinding.Unseen("nothing to look at")
            : Doubt.MayYetBeSeen(step, way, story, doubt) ? await scope.Observer.WaitAsync(way.Observe, scope, time)
            : await scope.Observer.LookAsync(way.Observe, scope, user);
        user.ThrowIfCancellationRequested();
        switch (Doubt.Decide(step, way, story, finding, doubt))
        {
            case DoubtDecision.Happened:
                book.Note(RunRecordKind.Done, step.Name, note with { Finding = "found done after an interruption: " + finding.Text });
                return story.Attempt + 1;
            case DoubtDecision.Repeat:
                return story.Attempt;
            default:
                throw new HxException(RunErrors.StepInDoubt, step.Name, scope.Redactor.Redact(
                    $"The step '{step.Name}' ({way.Action.Describe()}) was interrupted, and nothing tells whether it has happened: {finding.Text}."));
        }
    }

    private async Task TryAsync(PlanStep step, StepWay way, StepNote note, ActionScope scope, CancellationToken cancellation)
    {
        if (!book.Story.Of(step.Name).UndoNotes.ContainsKey(note.Way) && await way.Executor.PrepareUndoAsync(way.Action, scope, cancellation) is { } undo)
        {
            book.Note(RunRecordKind.UndoPrepared, step.Name, note with { Undo = undo });
        }

        // Only for what must not happen twice: the answer tells later whether the observation proves anything.
        var before = way.Executor.RepeatOf(way.Action) is RepeatRule.Once or RepeatRule.OnceSent && !way.Observe.IsEmpty
            ? (await scope.Observer.LookAsync(way.Observe, scope, cancellation)).Holds
            : null;
        cancellation.ThrowIfCancellationRequested();
        book.Note(RunRecordKind.Intended, step.Name, note with { HeldBefore = before });
        var finding = await way.Executor.ExecuteAsync(way.Action, scope, cancellation);
        book.Note(RunRecordKind.Effected, step.Name, note with { Finding = finding });
        await ObserveAsync(step, way, note, scope, cancellation);
    }

    private async Task ObserveAsync(PlanStep step, StepWay way, StepNote note, ActionScope scope, CancellationToken time)
    {
        if (way.Observe.IsEmpty)
        {
            book.Note(RunRecordKind.Done, step.Name, note with { Finding = book.Story.Of(step.Name).Finding });
            return;
        }

        var finding = await scope.Observer.WaitAsync(way.Observe, scope, time);
        if (finding.Holds == true)
        {
            book.Note(RunRecordKind.Done, step.Name, note with { Finding = finding.Text });
            return;
        }

        throw new HxException(RunErrors.NotObserved, step.Name, $"Done, but not observed: {finding.Text}.");
    }
}

/// <summary>A way of doing a step.</summary>
/// <param name="Action">What is done.</param>
/// <param name="Executor">Who does it.</param>
/// <param name="Observe">What must be seen then: what the action itself asks for, and what the step does.</param>
internal sealed record StepWay(PlanAction Action, IActionExecutor Executor, ImmutableArray<PlanCondition> Observe);
