using HxOps.Errors;
using HxOps.Files;
using HxOps.Reporting;
using HxOps.Services.Units;

namespace HxOps.Services.EntryPoints;

/// <summary>Makes a unit run another entry point, proves that it does, and takes it back when it does not.</summary>
public sealed class EntryPointSwitch(DeploymentContext context)
{
    private const int QuotedLogLines = 20;
    private static readonly TimeSpan ServiceLimit = TimeSpan.FromSeconds(30);

    private readonly DropInBackup _backup = new(context);
    private readonly EntryPointPlanner _planner = new(context);
    private readonly EntryPointProof _proof = new(context);

    /// <summary>Carries the plan out: backup, drop-in, reload, effective value, restart, command line, health; back again if one fails.</summary>
    /// <exception cref="HxException">Nothing was changed: the lock is held, the drop-in could not be written, a later file shadows it.</exception>
    /// <exception cref="OperationCanceledException">The caller gave up; the entry point before is back.</exception>
    public async Task<EntryPointResult> RunAsync(EntryPointPlan plan, IProgress<HxEvent> events, CancellationToken cancellation)
    {
        var started = context.Clock.GetUtcNow();
        using var lease = DeploymentLock.Acquire(context.StateFolder, $"set the entry point of {plan.Id}");
        await RecoverAsync(events);
        if (_planner.IsStale(plan))
            plan = await _planner.PlanAsync(plan.Request with { Source = plan.To.Id }, events, cancellation);

        var result = new EntryPointResult { Id = plan.Id, Outcome = EntryPointOutcome.AlreadyThere, Wanted = plan.To, StartedUtc = started, Elapsed = TimeSpan.Zero };
        if (!plan.IsAlreadyThere)
            result = await ChangeAsync(plan, result, events, cancellation);

        return result with { Elapsed = context.Clock.GetUtcNow() - started };
    }

    /// <summary>Puts back what an interrupted run left unproven; the lock must be held.</summary>
    private async Task RecoverAsync(IProgress<HxEvent> events)
    {
        if (!_backup.Exists)
            return;

        var unit = await PutBackAsync();
        events.Report(new WarningEvent("EntryPointRecovered", $"An interrupted change of {unit}'s entry point was taken back.", unit));
    }

    private async Task<EntryPointResult> ChangeAsync(EntryPointPlan plan, EntryPointResult result, IProgress<HxEvent> events, CancellationToken cancellation)
    {
        var before = await context.Services.GetAsync(plan.Id, cancellation);
        _backup.Keep(plan, before.Activity is UnitActivity.Active or UnitActivity.Activating);
        await WriteAsync(plan, cancellation);
        try
        {
            await context.Services.RestartAsync(plan.Id, ServiceLimit, cancellation);
            var proof = await _proof.SeekAsync(plan, events, cancellation);
            result = result with { RunningCommand = proof.RunningCommand, MainProcessId = proof.MainProcessId, Health = proof.Health, Reason = proof.Missing };
            if (!proof.IsComplete)
                return await TakeBackAsync(result);

            _backup.Forget();
            return result with { Outcome = EntryPointOutcome.Set };
        }
        catch (HxException failure) when (failure.Id == ServiceErrors.StartFailed || failure.Id == ServiceErrors.StopFailed)
        {
            return await TakeBackAsync(result with { Reason = failure.Message });
        }
        catch (Exception failure) when (failure is HxException or OperationCanceledException)
        {
            await PutBackAsync();
            throw;
        }
    }

    /// <summary>Writes the drop-in and reads back what it comes to. Until then nothing runs differently, so the way back restarts nothing.</summary>
    private async Task WriteAsync(EntryPointPlan plan, CancellationToken cancellation)
    {
        try
        {
            DropInBackup.Write(context.Root.Locate(plan.DropIn), plan.After);
            await context.Services.ReloadDefinitionsAsync(cancellation);
            RefuseOtherEffect(plan);
        }
        catch (Exception failure) when (failure is HxException or OperationCanceledException)
        {
            _backup.PutBack();
            await context.Services.ReloadDefinitionsAsync(CancellationToken.None);
            _backup.Forget();
            throw;
        }
    }

    private void RefuseOtherEffect(EntryPointPlan plan)
    {
        var effective = new UnitLoader(context.Root).Load(plan.Id).Effective("Service", "ExecStart");
        if (effective.Length != 1 || effective[0].Value != plan.To.Command)
        {
            var other = effective.LastOrDefault(setting => setting.Value != plan.To.Command)?.Origin.ToString() ?? plan.DropIn;
            throw new HxException(EntryPointErrors.Shadowed, other, $"{other} decides what {plan.Id} runs, not {plan.DropIn}.");
        }
    }

    private async Task<EntryPointResult> TakeBackAsync(EntryPointResult result)
    {
        var log = await context.Services.ReadLogAsync(result.Id, result.StartedUtc, QuotedLogLines, CancellationToken.None);
        try
        {
            await PutBackAsync();
            return result with { Outcome = EntryPointOutcome.RolledBack, Log = log };
        }
        catch (HxException failure)
        {
            return result with { Outcome = EntryPointOutcome.Inconsistent, Log = log, Reason = $"{result.Reason} Then the way back failed: {failure.Message}" };
        }
    }

    /// <summary>The way back, to the unit stopped if it was so. It is not cancelled: a half-way state serves nobody.</summary>
    private async Task<string> PutBackAsync()
    {
        var kept = _backup.PutBack()!;
        await context.Services.ReloadDefinitionsAsync(CancellationToken.None);
        if (kept.WasRunning)
            await context.Services.RestartAsync(kept.Unit, ServiceLimit, CancellationToken.None);
        else
            await context.Services.StopAsync(kept.Unit, ServiceLimit, CancellationToken.None);

        _backup.Forget();
        return kept.Unit;
    }
}
