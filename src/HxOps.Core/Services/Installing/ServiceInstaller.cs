using HxOps.Errors;
using HxOps.Files.Locking;
using HxOps.Reporting;
using HxOps.Services.Operating;

namespace HxOps.Services.Installing;

/// <summary>
/// Puts the service on its machine, or takes it off. However it is interrupted, the unit's files are the old or the new ones after the next
/// run of this or of a start, stop or restart.
/// </summary>
public sealed class ServiceInstaller(DeploymentContext context)
{
    private readonly ServicePlanner _planner = new(context);
    private readonly ServiceHost _host = new(context.Root);
    private readonly ServiceObserver _observer = new(context);
    private readonly InterruptedChange _interrupted = new(context);
    private readonly ChangeJournal _journal = new(context);

    /// <summary>Carries the plan out, and sees it in effect.</summary>
    /// <exception cref="HxException">
    /// Nothing was changed, or the files before are back: the lock is held, the host is another than planned for, systemd refuses the unit
    /// file, a path cannot be written, <see cref="ServiceErrors.NotInEffect"/>. A start that was asked for and fails leaves it installed.
    /// </exception>
    public async Task<InstallResult> RunAsync(ServicePlan plan, IProgress<HxEvent> events, CancellationToken cancellation)
    {
        var started = context.Clock.GetUtcNow();
        using var lease = DeploymentLock.Acquire(context.StateFolder, $"{plan.Request.Action.ToString().ToLowerInvariant()} {plan.Id}");
        var wasInterrupted = await new InterruptedWork(context).TakeBackAsync(lease, events);
        var current = _planner.Plan(plan.Request);
        if (!wasInterrupted && !current.Describe().SequenceEqual(plan.Describe()))
            throw new HxException(ServiceErrors.PlanStale, plan.Id, $"The files of {plan.Id} changed since the plan was made.");

        var isNew = FileImage.Read(context.Root.Locate($"/etc/systemd/system/{plan.Id}")) is null;
        if (!current.IsAlreadyThere)
            await ChangeAsync(current, events, cancellation);

        var start = plan.Request.Options.HasFlag(InstallOptions.Start) ? await StartAsync(current, lease, events, cancellation) : null;
        return new InstallResult
        {
            Id = plan.Id,
            Outcome = current.IsAlreadyThere ? InstallOutcome.AlreadyThere
                : plan.Request.Action == InstallAction.Uninstall ? InstallOutcome.Uninstalled
                : isNew ? InstallOutcome.Installed
                : InstallOutcome.Updated,
            Steps = current.Steps,
            Notes = current.Notes,
            Status = await _observer.ObserveAsync(plan.Id, cancellation),
            Start = start,
            StartedUtc = started,
            Elapsed = context.Clock.GetUtcNow() - started,
        };
    }

    private async Task ChangeAsync(ServicePlan plan, IProgress<HxEvent> events, CancellationToken cancellation)
    {
        if (plan.Account is { } account)
        {
            await _host.MakeAccountAsync(account, cancellation);
            plan = _planner.Plan(plan.Request); // Only now the numbers of owner and group are known.
        }

        if (plan.Request.Action == InstallAction.Install)
            await _host.VerifyAsync(plan.Id, plan.UnitFile, cancellation);

        var before = await context.Services.GetAsync(plan.Id, cancellation);
        _journal.Keep(plan, before.Activity is UnitActivity.Active or UnitActivity.Activating);
        try
        {
            if (plan.Request.Action == InstallAction.Uninstall && before.Activity != UnitActivity.Absent)
                await context.Services.StopAsync(plan.Id, ServiceOrder.For(context.Deployment, plan.Id, ServiceAction.Stop, null).Limit, cancellation);

            foreach (var change in plan.Changes)
                ChangeJournal.Set(context.Root.Locate(change.Path), change.After);

            await context.Services.ReloadDefinitionsAsync(cancellation);
            await RefuseOtherEffectAsync(plan, cancellation);
        }
        catch (Exception failure) when (failure is HxException or OperationCanceledException)
        {
            await _interrupted.TakeBackAsync(events);
            throw;
        }

        _journal.Forget();
    }

    /// <summary>Done is what the service manager says, not what was written.</summary>
    private async Task RefuseOtherEffectAsync(ServicePlan plan, CancellationToken cancellation)
    {
        var status = await context.Services.GetAsync(plan.Id, cancellation);
        var isEnabled = !plan.Request.Options.HasFlag(InstallOptions.NotAtBoot) && context.Deployment.Service!.WantedBy.Length > 0;
        var other = plan.Request.Action == InstallAction.Uninstall
            ? status.UnitFile.StartsWith("/etc/", StringComparison.Ordinal) ? $"it still knows {status.UnitFile}" : ""
            : status.UnitFile != $"/etc/systemd/system/{plan.Id}" ? $"it works with {(status.UnitFile.Length > 0 ? status.UnitFile : "no file")}"
            : status.NeedsReload ? "it has not read the changed files"
            : status.IsEnabled != isEnabled ? $"it says that the unit is {(status.IsEnabled ? "" : "not ")}enabled"
            : "";
        if (other.Length > 0)
            throw new HxException(ServiceErrors.NotInEffect, plan.Id, $"The files of {plan.Id} were written, but {context.Services.Name} does not go by them: {other}.");
    }

    /// <summary>A unit that runs with other files than those just written is restarted.</summary>
    private Task<ServiceResult> StartAsync(ServicePlan plan, DeploymentLease lease, IProgress<HxEvent> events, CancellationToken cancellation)
    {
        var action = plan.IsAlreadyThere ? ServiceAction.Start : ServiceAction.Restart;
        return new ServiceOperator(context).RunAsync(ServiceOrder.For(context.Deployment, plan.Id, action, null), lease, events, cancellation);
    }
}
