using HxOps.Errors;
using HxOps.Files;
using HxOps.Services.Units;
using HxOps.Tools.Processes;

namespace HxOps.Services.Embedded;

/// <summary>Starts a unit and watches it until it runs, or says why it does not.</summary>
internal sealed class UnitStarter(HostRoot root, UnitStateStore states, UnitStopper stopper, UnitLogReader logs, TimeProvider clock, AccountRule accounts)
{
    private const int QuotedLines = 10;

    internal async Task StartAsync(UnitDefinition unit, TimeSpan limit, CancellationToken cancellation)
    {
        var before = UnitObserver.Observe(states.Read(unit.Name.Full));
        if (before is { Phase: UnitPhase.Started or UnitPhase.Remains })
        {
            states.Write(before);
            return;
        }

        // What an earlier start left behind would hold the port of the new one.
        await stopper.StopAsync(unit.Name.Full, unit, limit, cancellation);
        var settings = Settings(unit);
        var log = new UnitLog(root, unit.Name.Full);
        var begun = new UnitState
        {
            Unit = unit.Name.Full,
            Phase = UnitPhase.Starting,
            Invocation = Guid.NewGuid().ToString("N"),
            SinceUtc = clock.GetUtcNow(),
            Starter = ProcessIdentity.Own,
        };
        foreach (var remark in settings.Remarks)
            log.Note(begun.SinceUtc, $"{remark}.");

        log.Note(begun.SinceUtc, $"Starting {begun.Unit}.");
        states.Write(begun);
        await RunAsync(new UnitRun(begun, states, clock), settings, log, Shorter(limit, settings.StartTimeout), cancellation);
        log.Note(clock.GetUtcNow(), $"Started {begun.Unit}.");
    }

    private async Task RunAsync(UnitRun run, ServiceSettings settings, UnitLog log, TimeSpan limit, CancellationToken cancellation)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(limit);
        try
        {
            var launch = new UnitLaunch(root, settings, run.State, log.LocalPath, accounts);
            if (launch.IgnoresAccount)
            {
                log.Note(clock.GetUtcNow(), $"User={settings.User} is not applied here; the service runs as the caller.");
            }

            await run.StartAsync(launch, settings, patience.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw await FailedAsync(run.State, log, $"it did not start within {limit.TotalSeconds:0.###} s.", null);
        }
        catch (HxException cause)
        {
            throw await FailedAsync(run.State, log, cause.Message, cause);
        }
        catch (OperationCanceledException)
        {
            await AbandonAsync(run.State);
            throw;
        }
    }

    private static ServiceSettings Settings(UnitDefinition unit)
    {
        if (unit.IsMasked)
        {
            throw new HxException(ServiceErrors.StartFailed, unit.Name.Full, $"Unit '{unit.Name.Full}' is masked by '{unit.File}'.")
            {
                Remedy = "Remove the link to /dev/null, or choose another unit.",
            };
        }

        var settings = ServiceSettings.Of(unit);
        return settings.Type == ServiceType.Forking ? throw Unsupported(unit, "Type=forking")
            : settings.Start.IsEmpty && settings.Type != ServiceType.Oneshot ? throw Unsupported(unit, "a unit without ExecStart=")
            : settings;
    }

    private static HxException Unsupported(UnitDefinition unit, string what) =>
        new(ServiceErrors.StartFailed, unit.Name.Full, $"Unit '{unit.Name.Full}' cannot be started: the embedded supervisor does not run {what}.");

    private async Task<HxException> FailedAsync(UnitState state, UnitLog log, string what, Exception? cause)
    {
        await AbandonAsync(state);
        var lines = logs.Read(state.Unit, state.SinceUtc, QuotedLines)
            .Select(line => line.Text)
            .Where(text => !text.StartsWith(UnitLog.Prefix, StringComparison.Ordinal));
        var last = string.Join(" | ", lines);
        log.Note(clock.GetUtcNow(), $"Failed to start: {what}");
        return new HxException(ServiceErrors.StartFailed, state.Unit,
            $"Unit '{state.Unit}' was not started: {what} {(last.Length == 0 ? "It logged nothing." : $"Its last lines: {last}")}", cause);
    }

    private async Task AbandonAsync(UnitState state)
    {
        await stopper.KillAsync(state.Session);
        states.Write(state with { Phase = UnitPhase.Failed, Starter = null, SinceUtc = clock.GetUtcNow() });
    }

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) =>
        other == Timeout.InfiniteTimeSpan || (one != Timeout.InfiniteTimeSpan && one < other) ? one : other;
}
