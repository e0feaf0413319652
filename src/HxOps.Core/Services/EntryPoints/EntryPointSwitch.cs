using System.Collections.Immutable;
using HxOps.Errors;
using HxOps.Evidence;
using HxOps.Files.Locking;
using HxOps.Reporting;
using HxOps.Services.EntryPoints.History;
using HxOps.Services.EntryPoints.Rehearsing;

namespace HxOps.Services.EntryPoints;

/// <summary>Makes a unit run another entry point, proves that it does, and takes it back when it does not.</summary>
public sealed class EntryPointSwitch(DeploymentContext context)
{
    private const int QuotedLogLines = 20;
    private static readonly TimeSpan ServiceLimit = TimeSpan.FromSeconds(30);

    private readonly DropInBackup _backup = new(context);
    private readonly InterruptedSwitch _interrupted = new(context);
    private readonly EntryPointLedger _ledger = new(context);
    private readonly EntryPointPlanner _planner = new(context);

    /// <summary>Whether a change was interrupted or is under way, so that what the unit files say now is unproven.</summary>
    public bool IsInterrupted => _interrupted.Exists;

    /// <summary>Takes an interrupted change back. A front end calls it before it plans, so that the plan starts from what is proven.</summary>
    /// <returns>Whether there was one.</returns>
    /// <exception cref="HxException">The lock is held, or what was kept cannot be put back.</exception>
    public async Task<bool> RecoverAsync(IProgress<HxEvent> events)
    {
        if (!IsInterrupted)
            return false;

        using var lease = DeploymentLock.Acquire(context.StateFolder, "take an interrupted change of the entry point back");
        return await new InterruptedWork(context).TakeBackAsync(lease, events);
    }

    /// <summary>Rehearses the plan, and carries it out when the rehearsal proved it; without a rehearsal, carries it out.</summary>
    /// <inheritdoc cref="RunAsync(EntryPointPlan, IProgress{HxEvent}, CancellationToken)"/>
    public async Task<EntryPointResult> RunAsync(EntryPointPlan plan, EntryPointRehearsal? rehearsal, IProgress<HxEvent> events, CancellationToken cancellation)
    {
        if (rehearsal is null)
            return await RunAsync(plan, events, cancellation);

        var started = context.Clock.GetUtcNow();
        var report = await rehearsal.RunAsync(plan, events, cancellation);
        using (DeploymentLock.Acquire(context.StateFolder, $"note the rehearsal of {plan.Id}"))
            _ledger.Note(plan, report, events);

        return report.IsProven
            ? await RunAsync(plan, events, cancellation) with { Rehearsal = report }
            : Begin(plan, started) with { Outcome = EntryPointOutcome.NotRehearsed, Rehearsal = report, Reason = report.Reason, Elapsed = report.Elapsed };
    }

    /// <summary>Carries the plan out: backup, drop-in, reload, effective value, restart, health, command line; back again if one fails.</summary>
    /// <exception cref="HxException">Nothing was changed: the lock is held, the drop-in could not be written, a later file shadows it.</exception>
    /// <exception cref="OperationCanceledException">The caller gave up; the entry point before is back.</exception>
    public async Task<EntryPointResult> RunAsync(EntryPointPlan plan, IProgress<HxEvent> events, CancellationToken cancellation)
    {
        var started = context.Clock.GetUtcNow();
        var begun = context.Clock.GetTimestamp();
        using var lease = DeploymentLock.Acquire(context.StateFolder, $"set the entry point of {plan.Id}");
        var wasInterrupted = await new InterruptedWork(context).TakeBackAsync(lease, events);
        if (_planner.IsStale(plan))
            plan = wasInterrupted ? await _planner.PlanAsync(plan.Request with { Source = plan.To.Id }, events, cancellation) : throw Stale(plan);

        var steps = new EntryPointSteps(context.Clock, events);
        var result = Begin(plan, started);
        result = plan.IsAlreadyThere ? await SeeAsync(plan, result, steps, cancellation) : await ChangeAsync(plan, result, steps, cancellation);
        result = Clean(result, plan) with { Elapsed = context.Clock.GetElapsedTime(begun) };
        if (result.Outcome != EntryPointOutcome.AlreadyThere)
            _ledger.Note(result, events);

        await new AuditLog(context).WriteAsync(new AuditNote("entry point", plan.Id, result.Outcome.ToString(), result.Reason ?? ""), events);
        return result;
    }

    private static EntryPointResult Begin(EntryPointPlan plan, DateTimeOffset started) => new()
    {
        Id = plan.Id,
        Outcome = EntryPointOutcome.AlreadyThere,
        Wanted = plan.To,
        DropIn = plan.DropIn,
        StartedUtc = started,
        Elapsed = TimeSpan.Zero,
    };

    /// <summary>The files say it already; whether it also runs and is healthy has to be seen. Only another program, or one with other arguments, is restarted.</summary>
    private async Task<EntryPointResult> SeeAsync(EntryPointPlan plan, EntryPointResult result, EntryPointSteps steps, CancellationToken cancellation)
    {
        try
        {
            var proof = new EntryPointProof(context, plan.Check);
            var status = await context.Services.GetAsync(plan.Id, cancellation);
            var evidence = await steps.RunAsync("prove", () => proof.SeekAsync(status, steps.Events, cancellation));
            if (evidence.IsRunning)
                return await ConcludeAsync(result, evidence, EntryPointOutcome.AlreadyThere);

            await context.Services.ReloadDefinitionsAsync(cancellation);
            result = result with { WasRestarted = true };
            status = await steps.RunAsync($"restart {plan.Id}", () => context.Services.RestartAsync(plan.Id, Limit(plan), cancellation));
            evidence = await steps.RunAsync("prove", () => proof.SeekAsync(status, steps.Events, cancellation));
            return await ConcludeAsync(result, evidence, EntryPointOutcome.Set);
        }
        catch (HxException failure) when (IsOfTheUnit(failure))
        {
            return result with { Outcome = EntryPointOutcome.Unproven, Reason = failure.Message, Log = await LogAsync(result) };
        }
    }

    private async Task<EntryPointResult> ConcludeAsync(EntryPointResult result, EntryPointEvidence evidence, EntryPointOutcome good) => Seen(result, evidence) with
    {
        Outcome = evidence.IsComplete ? good : EntryPointOutcome.Unproven,
        Reason = evidence.Missing,
        Log = evidence.IsComplete ? [] : await LogAsync(result),
    };

    private async Task<EntryPointResult> ChangeAsync(EntryPointPlan plan, EntryPointResult result, EntryPointSteps steps, CancellationToken cancellation)
    {
        var before = await context.Services.GetAsync(plan.Id, cancellation);
        _backup.Keep(plan, before.Activity is UnitActivity.Active or UnitActivity.Activating);
        await steps.RunAsync($"write {plan.DropIn}", () => WriteAsync(plan, cancellation));
        try
        {
            result = result with { WasRestarted = true };
            var status = await steps.RunAsync($"restart {plan.Id}", () => context.Services.RestartAsync(plan.Id, Limit(plan), cancellation));
            var evidence = await steps.RunAsync("prove", () => new EntryPointProof(context, plan.Check).SeekAsync(status, steps.Events, cancellation));
            result = Seen(result, evidence) with { Reason = evidence.Missing };
            if (!evidence.IsComplete)
                return await TakeBackAsync(plan, result, steps);

            _backup.Forget();
            return result with { Outcome = EntryPointOutcome.Set };
        }
        catch (HxException failure) when (IsOfTheUnit(failure))
        {
            return await TakeBackAsync(plan, result with { Reason = failure.Message }, steps);
        }
        catch (Exception failure) when (failure is HxException or OperationCanceledException)
        {
            await _interrupted.TakeBackAsync(steps.Events);
            throw;
        }
    }

    /// <summary>Writes the drop-in and reads back what it comes to. Until then nothing runs differently, so the way back restarts nothing.</summary>
    private async Task<bool> WriteAsync(EntryPointPlan plan, CancellationToken cancellation)
    {
        try
        {
            DropInFile.Write(context.Root.Locate(plan.DropIn), plan.After);
            await context.Services.ReloadDefinitionsAsync(cancellation);
            await new EffectiveCommand(context).RequireAsync(plan, cancellation);
            return true;
        }
        catch (Exception failure) when (failure is HxException or OperationCanceledException)
        {
            _backup.PutBack(_backup.Read()!);
            await context.Services.ReloadDefinitionsAsync(CancellationToken.None);
            _backup.Forget();
            throw;
        }
    }

    private async Task<EntryPointResult> TakeBackAsync(EntryPointPlan plan, EntryPointResult result, EntryPointSteps steps)
    {
        var log = await LogAsync(result);
        result = result with { Log = log, RunningCommand = "", MainProcessId = null, HealthNow = null };
        try
        {
            if (await steps.RunAsync("put the drop-in back", () => _interrupted.PutBackAsync(_backup.Read()!)) is { } stopped)
                return result with { Outcome = EntryPointOutcome.Inconsistent, Reason = $"{result.Reason} The drop-in is as it was before, but: {stopped.Message}" };

            result = result with { Outcome = EntryPointOutcome.RolledBack };
            var status = await context.Services.GetAsync(plan.Id, CancellationToken.None);
            return plan.CheckBefore is { } check && status.Activity == UnitActivity.Active ? await LookBackAsync(check, status, result, steps) : result;
        }
        catch (HxException failure)
        {
            return result with { Outcome = EntryPointOutcome.Inconsistent, Reason = $"{result.Reason} Then the way back failed: {failure.Message}" };
        }
    }

    /// <summary>How the entry point before fares now that it is back. It was put back in any case; what is seen of it is told.</summary>
    private async Task<EntryPointResult> LookBackAsync(EntryPointCheck check, UnitStatus status, EntryPointResult result, EntryPointSteps steps)
    {
        var evidence = await steps.RunAsync("prove the one before", () => new EntryPointProof(context, check).SeekAsync(status, steps.Events, CancellationToken.None));
        return result with
        {
            RunningCommand = evidence.RunningCommand,
            MainProcessId = evidence.MainProcessId,
            HealthNow = evidence.Health,
            Reason = evidence.IsComplete ? result.Reason : $"{result.Reason} The one before is back, but: {evidence.Missing}",
        };
    }

    /// <summary>The log lines are for the reader only: that they cannot be had must not keep the way back from being taken.</summary>
    private async Task<ImmutableArray<LogLine>> LogAsync(EntryPointResult result)
    {
        try
        {
            return await context.Services.ReadLogAsync(result.Id, result.StartedUtc, QuotedLogLines, CancellationToken.None);
        }
        catch (HxException failure)
        {
            return [new LogLine(context.Clock.GetUtcNow(), result.Id, 4, $"(The log cannot be read: {failure.Message})")];
        }
    }

    private static EntryPointResult Seen(EntryPointResult result, EntryPointEvidence evidence) => result with
    {
        RunningCommand = evidence.RunningCommand,
        MainProcessId = evidence.MainProcessId,
        Health = evidence.Health,
        HealthNow = evidence.Health,
    };

    /// <summary>The services know the deployment's secrets; only the proof knows the key that the caller has named.</summary>
    private EntryPointResult Clean(EntryPointResult result, EntryPointPlan plan)
    {
        var redactor = EntryPointProof.RedactorOf(context, plan.Check.KeyVariable);
        return result with
        {
            Reason = redactor.Redact(result.Reason),
            RunningCommand = redactor.Redact(result.RunningCommand),
            Log = [.. result.Log.Select(line => line with { Text = redactor.Redact(line.Text) })],
        };
    }

    private static HxException Stale(EntryPointPlan plan) =>
        new(EntryPointErrors.PlanStale, plan.DropIn, $"{plan.DropIn} has changed since the plan was made.");

    private static TimeSpan Limit(EntryPointPlan plan) => plan.Check.Budget < ServiceLimit ? plan.Check.Budget : ServiceLimit;

    private static bool IsOfTheUnit(HxException failure) => failure.Id == ServiceErrors.StartFailed || failure.Id == ServiceErrors.StopFailed;
}
