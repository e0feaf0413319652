using System.Globalization;
using HxOps.Errors;
using HxOps.Files.Locking;
using HxOps.Gateway;
using HxOps.Reporting;

namespace HxOps.Services.Operating;

/// <summary>Starts, stops and restarts units of the gateway, and sees that they did.</summary>
public sealed class ServiceOperator(DeploymentContext context)
{
    private const int QuotedLines = 10;

    private readonly ServiceObserver _observer = new(context);
    private readonly ServiceHealth _health = new(context);
    private readonly StartDiagnosis _diagnosis = new(context);

    /// <summary>Carries an order out.</summary>
    /// <exception cref="HxException">
    /// <see cref="ServiceErrors.StartFailed"/> with the reason, the unit's last log lines and the likely cause; <see cref="ServiceErrors.StopFailed"/>;
    /// <see cref="ServiceErrors.Unhealthy"/> when it runs and does not answer; <see cref="ServiceErrors.UnitNotFound"/>; another writer holds the deployment.
    /// </exception>
    public async Task<ServiceResult> RunAsync(ServiceOrder order, IProgress<HxEvent> events, CancellationToken cancellation)
    {
        using var lease = DeploymentLock.Acquire(context.StateFolder, $"{order.Action.ToString().ToLowerInvariant()} {order.Id}");
        await new InterruptedWork(context).TakeBackAsync(lease, events);
        return await RunAsync(order, lease, events, cancellation);
    }

    /// <summary>The same for a caller who holds the lock.</summary>
    internal async Task<ServiceResult> RunAsync(ServiceOrder order, DeploymentLease lease, IProgress<HxEvent> events, CancellationToken cancellation)
    {
        var started = context.Clock.GetUtcNow();
        var (outcome, status) = await ChangeAsync(order, events, cancellation);
        var result = new ServiceResult
        {
            Id = order.Id,
            Outcome = outcome,
            Reason = outcome == ServiceOutcome.Killed ? $"{order.Id} took no notice of its stop signal and was killed." : "",
            Status = status,
            StartedUtc = started,
            Elapsed = TimeSpan.Zero,
        };
        if (order is { Action: not ServiceAction.Stop, Health: HealthWish.Ask })
            result = await AskAsync(order, result, events, cancellation);

        return result with { Elapsed = context.Clock.GetUtcNow() - started };
    }

    private async Task<ServiceResult> AskAsync(ServiceOrder order, ServiceResult result, IProgress<HxEvent> events, CancellationToken cancellation)
    {
        if (await _health.AwaitAsync(result.Status, order.Limit, events, cancellation) is not { } health)
            return result with { Reason = _health.Silence(result.Status) };

        return health.Verdict == Verdict.Healthy
            ? result with { Health = health, Status = await _observer.ObserveAsync(order.Id, cancellation) }
            : throw await IllAsync(order, health, result.StartedUtc);
    }

    private async Task<(ServiceOutcome Outcome, ServiceStatus Status)> ChangeAsync(ServiceOrder order, IProgress<HxEvent> events, CancellationToken cancellation)
    {
        var before = await context.Services.GetAsync(order.Id, cancellation);
        var outcome = ServiceOutcome.AlreadyThere;
        try
        {
            outcome = order.Action switch
            {
                ServiceAction.Start when before.Activity == UnitActivity.Active => ServiceOutcome.AlreadyThere,
                ServiceAction.Stop when before.Activity is UnitActivity.Inactive => ServiceOutcome.AlreadyThere,
                ServiceAction.Start => await StartAsync(order, cancellation),
                ServiceAction.Stop => await StopAsync(order, before, cancellation),
                ServiceAction.Reload => await ReloadAsync(order, cancellation),
                _ => await RestartAsync(order, cancellation),
            };
        }
        catch (HxException failure) when (failure.Id == ServiceErrors.StartFailed)
        {
            throw await _diagnosis.ExplainAsync(failure, order.Id, events);
        }

        return (outcome, await _observer.ObserveAsync(order.Id, cancellation));
    }

    private async Task<ServiceOutcome> StartAsync(ServiceOrder order, CancellationToken cancellation)
    {
        await context.Services.StartAsync(order.Id, order.Limit, cancellation);
        return ServiceOutcome.Started;
    }

    private async Task<ServiceOutcome> StopAsync(ServiceOrder order, UnitStatus before, CancellationToken cancellation)
    {
        var after = await context.Services.StopAsync(order.Id, order.Limit, cancellation);
        return before.Activity == UnitActivity.Failed ? ServiceOutcome.AlreadyThere
            : after is { Activity: UnitActivity.Failed, Detail: "timeout" or "signal" or "core-dump" } ? ServiceOutcome.Killed
            : ServiceOutcome.Stopped;
    }

    private async Task<ServiceOutcome> RestartAsync(ServiceOrder order, CancellationToken cancellation)
    {
        await context.Services.RestartAsync(order.Id, order.Limit, cancellation);
        return ServiceOutcome.Restarted;
    }

    private async Task<ServiceOutcome> ReloadAsync(ServiceOrder order, CancellationToken cancellation)
    {
        var reload = await context.Services.ReloadOrRestartAsync(order.Id, order.Limit, cancellation);
        return reload.Way == ReloadWay.Reloaded ? ServiceOutcome.Reloaded : ServiceOutcome.Restarted;
    }

    private async Task<HxException> IllAsync(ServiceOrder order, GateReport health, DateTimeOffset since)
    {
        var lines = await context.Services.ReadLogAsync(order.Id, since, QuotedLines, CancellationToken.None);
        var found = string.Join("; ", health.Probes.Select(probe => $"{probe.Id}: {probe.Finding}"));
        var limit = order.Limit.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture);
        return new HxException(ServiceErrors.Unhealthy, order.Id,
            $"{order.Id} was started, but did not answer healthy within {limit} s: {found}. Its last lines: {string.Join(" | ", lines.Select(line => line.Text))}");
    }
}
