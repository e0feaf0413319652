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
    private readonly EntryPointProof _proof = new(context);

    /// <summary>Carries the plan out: backup, drop-in, reload, effective value, restart, command line, health; back again if one fails.</summary>
    /// <exception cref="HxException">Nothing was changed: the lock is held, the drop-in could not be written, a later file shadows it.</exception>
    /// <exception cref="OperationCanceledException">The caller gave up; the entry point before is back.</exception>
    public async Task<EntryPointResult> RunAsync(EntryPointPlan plan, IProgress<HxEvent> events, CancellationToken cancellation)
    {
        var started = context.Clock.GetUtcNow();
        using var lease = DeploymentLock.Acquire(context.StateFolder, $"set the entry point of {plan.Id}");
        await RecoverAsync(events);
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
        _backup.Keep(plan);
        try
        {
            DropInBackup.Write(context.Root.Locate(plan.DropIn), plan.After);
            await context.Services.ReloadDefinitionsAsync(cancellation);
            RefuseOtherEffect(plan);
            await RestartAsync(plan.Id, cancellation);
            var proof = await _proof.SeekAsync(plan, events, cancellation);
            if (proof.IsComplete)
            {
                _backup.Forget();
                return result with { Outcome = EntryPointOutcome.Set, RunningCommand = proof.RunningCommand, MainProcessId = proof.MainProcessId, Health = proof.Health };
            }

            return await TakeBackAsync(plan, result with { Reason = proof.Missing, Health = proof.Health, RunningCommand = proof.RunningCommand });
        }
        catch (HxException failure) when (failure.Id == ServiceErrors.StartFailed || failure.Id == ServiceErrors.StopFailed)
        {
            return await TakeBackAsync(plan, result with { Reason = failure.Message });
        }
        catch (Exception failure) when (failure is HxException or OperationCanceledException)
        {
            await PutBackAsync();
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

    private async Task<EntryPointResult> TakeBackAsync(EntryPointPlan plan, EntryPointResult result)
    {
        var log = await context.Services.ReadLogAsync(plan.Id, result.StartedUtc, QuotedLogLines, CancellationToken.None);
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

    /// <summary>The way back. It is not cancelled: a half-way state serves nobody.</summary>
    private async Task<string> PutBackAsync()
    {
        var unit = _backup.PutBack()!;
        await context.Services.ReloadDefinitionsAsync(CancellationToken.None);
        await RestartAsync(unit, CancellationToken.None);
        _backup.Forget();
        return unit;
    }

    private async Task RestartAsync(string unit, CancellationToken cancellation)
    {
        await context.Services.StopAsync(unit, ServiceLimit, cancellation);
        await context.Services.StartAsync(unit, ServiceLimit, cancellation);
    }
}
