using System.Collections.Immutable;
using System.Text;
using HxOps.Errors;
using HxOps.Evidence;
using HxOps.Files.Locking;
using HxOps.Gateway.Probers;
using HxOps.Reporting;
using HxOps.Rollback.Actions;
using HxOps.Rollback.Conditions;
using HxOps.Rollback.Plans;
using HxOps.Services;
using HxOps.Tools.Processes;

namespace HxOps.Rollback.Running;

/// <summary>Carries plans out, one at a time for a deployment.</summary>
public sealed class PlanRunner(DeploymentContext context, IApprover approver)
{
    /// <summary>Carries out a scenario.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="scenario">Name of the scenario; null or empty means the first one.</param>
    /// <param name="events">Steps, warnings, escalations.</param>
    /// <param name="cancellation">Stops the run: what was done is taken back before this returns.</param>
    /// <exception cref="HxException">RollbackUnfinished, ScenarioNotFound, RollbackActionUnavailable, RollbackNotApproved, DeploymentLocked. A run that fails is a result.</exception>
    public async Task<RunResult> RunAsync(RollbackPlan plan, string? scenario, IProgress<HxEvent> events, CancellationToken cancellation)
    {
        var chosen = plan.Scenario(scenario);
        using var connector = new GatewayConnector();
        var parts = new RunParts(connector);
        parts.Executors.RefuseUnknown(chosen);
        using var lease = DeploymentLock.Acquire(RunFolder.StateOf(context), $"rollback {plan.Name}/{chosen.Name}");
        RefuseUnfinished();
        await new InterruptedWork(context).TakeBackAsync(lease, events);
        var folder = RunFolder.Make(context);
        folder.Write(Path.GetFileName(folder.Plan), Encoding.UTF8.GetBytes(plan.Text));
        using var journal = RunJournal.Create(folder.Journal);
        var redactor = PlanRedaction.For(context, plan);
        var book = new RunBook(journal, new RunStory([]), context.Clock, redactor);
        book.Note(new RunRecord { Kind = RunRecordKind.Started, TimeUtc = context.Clock.GetUtcNow(), Finding = plan.Name, Step = chosen.Name, Notes = plan.Values });
        var job = new RunJob(plan, chosen, folder, book, lease, redactor, DoubtRule.Ask);
        await AuditAsync(job, "Started", "", events);
        return await WorkAsync(job, parts, events, cancellation);
    }

    /// <summary>Goes on with a run that was interrupted: what was done stays done, the rest is done once.</summary>
    /// <param name="id">The run's id; null or empty means the newest.</param>
    /// <param name="doubt">What the user says about a step of which nothing tells whether it happened.</param>
    /// <param name="events">Steps, warnings, escalations.</param>
    /// <param name="cancellation">Stops the run: what was done is taken back before this returns.</param>
    /// <exception cref="HxException">RollbackNotFound, RollbackStepInDoubt, RollbackJournalDamaged, DeploymentLocked.</exception>
    public async Task<RunResult> ResumeAsync(string? id, DoubtRule doubt, IProgress<HxEvent> events, CancellationToken cancellation)
    {
        using var lease = DeploymentLock.Acquire(RunFolder.StateOf(context), "rollback resume");
        var folder = Unfinished(id);
        await new InterruptedWork(context).TakeBackAsync(lease, events);
        var story = new RunStory(RunJournal.Read(folder.Journal));
        var plan = new PlanReader(context.Codecs.Yaml).Read(folder.Plan, story.Values);
        var scenario = plan.Scenario(story.Scenario);
        using var connector = new GatewayConnector();
        var parts = new RunParts(connector);
        parts.Executors.RefuseUnknown(scenario);
        using var journal = RunJournal.Continue(folder.Journal);
        var redactor = PlanRedaction.For(context, plan);
        var book = new RunBook(journal, story, context.Clock, redactor);
        book.Note(RunRecordKind.Resumed, "", outcome: null);
        var job = new RunJob(plan, scenario, folder, book, lease, redactor, doubt);
        await AuditAsync(job, "Resumed", "", events);
        return await WorkAsync(job, parts, events, cancellation);
    }

    /// <summary>What a resumed run would do, line by line; changes nothing.</summary>
    /// <param name="id">The run's id; null or empty means the newest.</param>
    /// <exception cref="HxException">RollbackNotFound, RollbackJournalDamaged.</exception>
    public ImmutableArray<string> DescribeResume(string? id)
    {
        var folder = Unfinished(id);
        var story = new RunStory(RunJournal.Read(folder.Journal));
        var plan = new PlanReader(context.Codecs.Yaml).Read(folder.Plan, story.Values);
        var redactor = PlanRedaction.For(context, plan);
        return [.. ResumeText.Lines(folder.Id, plan, plan.Scenario(story.Scenario), story).Select(redactor.Redact)];
    }

    /// <summary>What a run would do, line by line and with its times; changes nothing.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="scenario">Name of the scenario; null or empty means the first one.</param>
    /// <exception cref="HxException">ScenarioNotFound.</exception>
    public ImmutableArray<string> Describe(RollbackPlan plan, string? scenario)
    {
        var redactor = PlanRedaction.For(context, plan);
        return [.. PlanText.Lines(plan, plan.Scenario(scenario)).Select(redactor.Redact)];
    }

    private async Task<RunResult> WorkAsync(RunJob job, RunParts parts, IProgress<HxEvent> events, CancellationToken cancellation)
    {
        var story = job.Book.Story;
        using var escalation = new EscalationWatch(job.Plan, context.Clock.GetUtcNow() - story.StartedUtc, context.Clock, events);
        var clock = new RunClock(context.Clock, story.Worked, job.Scenario.Budget);
        var steps = new StepRunner(parts.Executors, job.Book, clock, job.Doubt);
        var scope = new ActionScope
        {
            Context = context,
            Plan = job.Plan,
            Folder = job.Folder,
            Lease = job.Lease,
            Observer = parts.Observer,
            Approver = approver,
            Events = events,
            Redactor = job.Redactor,
            Scenario = job.Scenario.Name,
            StartedUtc = story.StartedUtc,
        };
        var compensator = new Compensator(parts.Executors, job.Book, steps);
        try
        {
            var result = await new RunWork(job.Scenario, job.Book, clock, steps, compensator, scope).GoAsync(cancellation);
            await AuditAsync(job, result.Outcome.ToString(), string.Join(" ", result.Reasons), events);
            return result;
        }
        catch (Exception failure) when (failure is HxException or OperationCanceledException)
        {
            await AuditAsync(job, story.Outcome?.ToString() ?? "Interrupted", failure is HxException ? failure.Message : "", events);
            throw;
        }
    }

    private Task AuditAsync(RunJob job, string outcome, string detail, IProgress<HxEvent> events) => new AuditLog(context).WriteAsync(
        new AuditNote("rollback", $"{job.Plan.Name}/{job.Scenario.Name}", outcome, job.Redactor.Redact($"{job.Folder.Id} {detail}".TrimEnd())), events);

    private void RefuseUnfinished()
    {
        var unfinished = RunFolder.List(context).FirstOrDefault(IsUnfinished);
        if (unfinished is not null)
        {
            throw new HxException(RunErrors.Unfinished, unfinished.Id, $"The run {unfinished.Id} was interrupted and waits to be resumed.");
        }
    }

    private RunFolder Unfinished(string? id) =>
        RunFolder.List(context).Index().FirstOrDefault(run => (string.IsNullOrEmpty(id) || run.Item.Id == id) && CanGoOn(run.Item, isNewest: run.Index == 0)).Item
            ?? throw new HxException(RunErrors.NotFound, id ?? "", string.IsNullOrEmpty(id) ? "No run waits to be resumed." : $"There is no run '{id}' that waits to be resumed.");

    // A run that the user stopped is left open only until another one begins: what that one does, the stopped one knows nothing of.
    private static bool CanGoOn(RunFolder folder, bool isNewest) =>
        IsUnfinished(folder) || (isNewest && new RunStory(RunJournal.Read(folder.Journal)).HaltReason is not null);

    private static bool IsUnfinished(RunFolder folder) => RunJournal.Read(folder.Journal) is { IsEmpty: false } records && new RunStory(records).Outcome is null;

    /// <summary>What a run is made of.</summary>
    private sealed record RunJob(RollbackPlan Plan, PlanScenario Scenario, RunFolder Folder, RunBook Book, DeploymentLease Lease, Redactor Redactor, DoubtRule Doubt);

    /// <summary>Those who act and look.</summary>
    private sealed class RunParts
    {
        public RunParts(GatewayConnector connector)
        {
            var runner = new ProcessRunner();
            Executors = new ActionExecutorSet(connector, runner);
            Observer = new ConditionObserver(connector, runner);
        }

        public ActionExecutorSet Executors { get; }

        public ConditionObserver Observer { get; }
    }
}
