using System.Collections.Immutable;
using HxOps.Checkpoints;
using HxOps.Checkpoints.Taking;
using HxOps.Errors;
using HxOps.Gateway;
using HxOps.Rollback.Plans;
using HxOps.Rollback.Running;

namespace HxOps.Rollback.Actions;

/// <summary>Asks the gate.</summary>
internal sealed class GateExecutor : ActionExecutor<GateAction>
{
    /// <inheritdoc/>
    protected override ActionEffect Effect(GateAction action) => ActionEffect.None;

    /// <inheritdoc/>
    protected override RepeatRule Repeat(GateAction action) => RepeatRule.Harmless;

    /// <inheritdoc/>
    protected override async Task<string> DoAsync(GateAction action, ActionScope scope, CancellationToken cancellation)
    {
        var request = new GateRequest { Profile = action.Profile, Probes = action.Probes, Wait = scope.Budget };
        var report = await new GateRunner(scope.Context).RunAsync(request, scope.Events, cancellation);
        return report.Verdict == Verdict.Healthy
            ? "healthy"
            : throw new HxException(RunErrors.NotObserved, report.Id, $"The gate of {report.Id} is {report.Verdict.ToString().ToLowerInvariant()}: {report.Describe()[^1]}");
    }
}

/// <summary>Takes checkpoints.</summary>
internal sealed class CheckpointExecutor : ActionExecutor<CheckpointAction>
{
    /// <inheritdoc/>
    protected override ActionEffect Effect(CheckpointAction action) => ActionEffect.None;

    /// <inheritdoc/>
    protected override RepeatRule Repeat(CheckpointAction action) => RepeatRule.Harmless;

    /// <inheritdoc/>
    protected override async Task<string> DoAsync(CheckpointAction action, ActionScope scope, CancellationToken cancellation)
    {
        var note = action.Note.Length > 0 ? action.Note : $"before {scope.Plan.Name}/{scope.Scenario}";
        var request = new CheckpointRequest(CheckpointKind.Checkpoint, note);
        return (await new CheckpointWriter(scope.Context).WriteAsync(request, scope.Lease, scope.Events, cancellation)).Id;
    }
}

/// <summary>Asks people to agree.</summary>
internal sealed class ApprovalExecutor : ActionExecutor<ApprovalAction>
{
    /// <inheritdoc/>
    protected override ActionEffect Effect(ApprovalAction action) => ActionEffect.None;

    /// <inheritdoc/>
    protected override RepeatRule Repeat(ApprovalAction action) => RepeatRule.Harmless;

    /// <inheritdoc/>
    protected override async Task<string> DoAsync(ApprovalAction action, ActionScope scope, CancellationToken cancellation)
    {
        var approval = await scope.Approver.AskAsync(action.Role, action.Question, cancellation);
        cancellation.ThrowIfCancellationRequested(); // An answer that came too late agrees to nothing.
        return approval.Agreed
            ? $"agreed by {approval.By}"
            : throw new HxException(RunErrors.NotApproved, action.Role, $"{action.Role} did not agree: {action.Question}");
    }
}

/// <summary>Writes announcements into the run's folder, filled in.</summary>
internal sealed class AnnouncementExecutor : ActionExecutor<AnnouncementAction>
{
    /// <inheritdoc/>
    protected override ActionEffect Effect(AnnouncementAction action) => ActionEffect.None;

    /// <inheritdoc/>
    protected override RepeatRule Repeat(AnnouncementAction action) => RepeatRule.Harmless;

    /// <inheritdoc/>
    protected override Task<string> DoAsync(AnnouncementAction action, ActionScope scope, CancellationToken cancellation)
    {
        var now = scope.Context.Clock.GetUtcNow();
        var template = scope.Plan.Announcements.First(text => text.Name == action.Announcement);
        var text = AnnouncementText.Fill(template, scope.Plan.Name, scope.Scenario, now - scope.StartedUtc, now);
        return Task.FromResult(scope.Folder.Write($"announcement-{action.Announcement}.md", System.Text.Encoding.UTF8.GetBytes(text)));
    }
}

/// <summary>Asks for sets of pages, until all of them answer as wanted or the step's time is over.</summary>
internal sealed class PagesExecutor : ActionExecutor<PagesAction>
{
    /// <inheritdoc/>
    protected override ActionEffect Effect(PagesAction action) => ActionEffect.None;

    /// <inheritdoc/>
    protected override RepeatRule Repeat(PagesAction action) => RepeatRule.Harmless;

    /// <inheritdoc/>
    protected override ImmutableArray<PlanCondition> Observations(PagesAction action) => [new PagesCondition(action.Base, action.Pages, action.Status)];

    /// <inheritdoc/>
    protected override Task<string> DoAsync(PagesAction action, ActionScope scope, CancellationToken cancellation) => Task.FromResult("asked");
}

/// <summary>Does nothing: the step's observations are what is waited for.</summary>
internal sealed class WaitExecutor : ActionExecutor<WaitAction>
{
    /// <inheritdoc/>
    protected override ActionEffect Effect(WaitAction action) => ActionEffect.None;

    /// <inheritdoc/>
    protected override RepeatRule Repeat(WaitAction action) => RepeatRule.Harmless;

    /// <inheritdoc/>
    protected override Task<string> DoAsync(WaitAction action, ActionScope scope, CancellationToken cancellation) => Task.FromResult("waited");
}
