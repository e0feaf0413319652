using System.Collections.Immutable;
using HxOps.Errors;
using HxOps.Reporting;
using HxOps.Rollback.Actions;
using HxOps.Rollback.Plans;
using HxOps.Rollback.Switches;

namespace HxOps.Rollback.Running;

/// <summary>One run at work, from wherever its journal stands to its end.</summary>
internal sealed class RunWork(PlanScenario scenario, RunBook book, RunClock clock, StepRunner steps, Compensator compensator, ActionScope scope)
{
    private string Activity => $"Rolling back {scope.Plan.Name}/{scenario.Name}";

    /// <summary>Goes on to the end.</summary>
    /// <exception cref="OperationCanceledException">The user stopped it; everything has been taken back. Where the plan leaves things as they are, a stop is a result.</exception>
    public async Task<RunResult> GoAsync(CancellationToken cancellation)
    {
        try
        {
            return await WorkAsync(cancellation);
        }
        finally
        {
            scope.Events.Report(new ProgressFinishedEvent(Activity));
        }
    }

    private async Task<RunResult> WorkAsync(CancellationToken cancellation)
    {
        var reasons = ImmutableArray<string>.Empty;
        if (book.Story.CompensationReason is null)
        {
            try
            {
                reasons = await ForwardAsync(cancellation);
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
            {
                reasons = Stop();
            }
        }

        if (book.Story.CompensationReason is { } reason)
        {
            reasons = [reason];
            scope.Events.Report(new WarningEvent("RollingBack", $"What was done is taken back: {reason}", scope.Folder.Id));
            await compensator.RunAsync(scenario, scope);
        }

        var outcome = Outcome(reasons);
        book.Note(RunRecordKind.Ended, string.Join(" ", reasons), outcome);
        if (outcome == RunOutcome.Stopped)
        {
            cancellation.ThrowIfCancellationRequested();
        }

        return RunReport.Result(book.Story, scenario, scope.Folder, reasons.AddRange(UndoFailures()), clock.Worked);
    }

    // The last required step that was to change something says what a stop does, as it says what its failure does.
    private ImmutableArray<string> Stop()
    {
        var last = scenario.Steps.LastOrDefault(step => step.Importance == StepImportance.Critical
            && !book.Story.Of(step.Name).Touched.IsEmpty && steps.Effects(step).Any(effect => effect != ActionEffect.None));
        if (last is not { OnFailure: FailureRule.Stop })
        {
            book.Note(RunRecordKind.Compensating, "the user stopped the run", RunOutcome.Stopped);
            return [];
        }

        var reason = $"The user stopped the run. What was done still stands, as the plan says for the step '{last.Name}'. Finish it: resume {scope.Folder.Id}.";
        book.Note(RunRecordKind.Halted, reason, outcome: null);
        return [reason, .. Dumps()];
    }

    // Behind a step that is final there is another way than forward only for who has a dump.
    private IEnumerable<string> Dumps() => scenario.Steps.Any(step => !book.Story.Of(step.Name).Touched.IsEmpty && steps.Effects(step).Contains(ActionEffect.Final))
        ? scenario.Steps.Where(step => step.Action is DatabaseBackupAction && book.Story.Of(step.Name).IsDone).Select(step => $"The database as it was before: {book.Story.Of(step.Name).Finding}.")
        : [];

    private async Task<ImmutableArray<string>> ForwardAsync(CancellationToken cancellation)
    {
        await ApproveAsync(cancellation);
        var reasons = ImmutableArray.CreateBuilder<string>();
        foreach (var (number, step) in scenario.Steps.Index())
        {
            scope.Events.Report(new ProgressEvent(Activity, step.Name, number, scenario.Steps.Length, ProgressUnit.Items));
            if (book.Story.Of(step.Name) is { IsDone: false, IsSkipped: false } && !IsSettledFailure(step))
            {
                await steps.RunAsync(step, scope, cancellation);
            }

            if (book.Story.Of(step.Name) is { IsDone: true } or { IsSkipped: true } || step.Importance == StepImportance.Wanted)
            {
                continue;
            }

            var reason = $"The step '{step.Name}' failed: {book.Story.Of(step.Name).Finding}";
            reasons.Add(reason);
            if (step.OnFailure == FailureRule.Compensate)
            {
                book.Note(RunRecordKind.Compensating, reason, RunOutcome.RolledBack);
                return reasons.ToImmutable();
            }

            if (step.OnFailure == FailureRule.Stop)
            {
                return reasons.ToImmutable();
            }
        }

        reasons.AddRange(await UnseenAsync(cancellation));
        return reasons.ToImmutable();
    }

    // A step that had used up its attempts before the process was killed is not tried again.
    private bool IsSettledFailure(PlanStep step)
    {
        var story = book.Story.Of(step.Name);
        return story.Last == RunRecordKind.Failed && story.Way == (step.Alternative is null ? 0 : 1) && story.Attempt >= step.Attempts;
    }

    private async Task ApproveAsync(CancellationToken cancellation)
    {
        foreach (var role in scenario.Approvals.Where(role => !book.Story.IsApprovedBy(role)))
        {
            var approval = await scope.Approver.AskAsync(role, $"Carry out {scope.Plan.Name}/{scenario.Name}: {scenario.Description}", cancellation);
            cancellation.ThrowIfCancellationRequested();
            if (!approval.Agreed)
            {
                book.Note(RunRecordKind.Ended, $"{role} did not agree", RunOutcome.Failed);
                throw new HxException(RunErrors.NotApproved, role, $"{role} did not agree to {scope.Plan.Name}/{scenario.Name}. Nothing was changed.");
            }

            book.Note(RunRecordKind.Approved, role, new StepNote { Finding = approval.By });
        }
    }

    // Success is what is seen at the end, and a kill switch that this run left on is none.
    private async Task<ImmutableArray<string>> UnseenAsync(CancellationToken cancellation)
    {
        var reasons = ImmutableArray.CreateBuilder<string>();
        if (!scenario.Success.IsEmpty)
        {
            using var time = new CancellationTokenSource(clock.Left, scope.Context.Clock);
            using var both = CancellationTokenSource.CreateLinkedTokenSource(time.Token, cancellation);
            var finding = await scope.Observer.WaitAsync(scenario.Success, scope with { Step = "success", Budget = clock.Left }, both.Token);
            cancellation.ThrowIfCancellationRequested();
            if (finding.Holds != true)
            {
                reasons.Add(scope.Redactor.Redact($"Not seen at the end: {finding.Text}."));
            }
        }

        reasons.AddRange(KillSwitchesLeftOn().Select(url => $"The kill switch at {SwitchClient.Shown(url)} is still on."));
        return reasons.ToImmutable();
    }

    private IEnumerable<Uri> KillSwitchesLeftOn() => scenario.Steps
        .Where(step => !book.Story.Of(step.Name).Touched.IsEmpty)
        .SelectMany(step => book.Story.Of(step.Name).Touched.Select(way => steps.Ways(step)[way].Action))
        .OfType<KillSwitchAction>()
        .GroupBy(action => action.Url)
        .Where(thrown => thrown.Last().Position == SwitchPosition.On)
        .Select(thrown => thrown.Key);

    private RunOutcome Outcome(ImmutableArray<string> reasons)
    {
        if (book.Story.HaltReason is not null)
        {
            return RunOutcome.Failed;
        }

        if (book.Story.CompensationReason is not null)
        {
            return UndoFailures().Any() ? RunOutcome.Inconsistent : book.Story.IsStopped ? RunOutcome.Stopped : RunOutcome.RolledBack;
        }

        var failed = scenario.Steps.Where(step => step.Importance == StepImportance.Critical && book.Story.Of(step.Name) is { IsDone: false, IsSkipped: false }).ToList();
        return failed.Count > 0 && failed.Any(step => !book.Story.Of(step.Name).IsUnseen) ? RunOutcome.Failed
            : failed.Count > 0 || !reasons.IsEmpty ? RunOutcome.Inconclusive
            : RunOutcome.Succeeded;
    }

    private IEnumerable<string> UndoFailures() => scenario.Steps
        .Where(step => book.Story.Of(step.Name).UndoFailed)
        .Select(step => $"The step '{step.Name}' could not be taken back: {book.Story.Of(step.Name).Finding}");
}
