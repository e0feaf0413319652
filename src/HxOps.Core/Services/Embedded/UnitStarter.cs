using HxOps.Errors;
using HxOps.Files;
using HxOps.Services.Units;
using HxOps.Tools;

namespace HxOps.Services.Embedded;

/// <summary>Starts a unit and watches it until it runs, or says why it does not.</summary>
internal sealed class UnitStarter(HostRoot root, UnitStateStore states, UnitStopper stopper, UnitLogReader logs, TimeProvider clock)
{
    /// <summary>How long a program must live to count as started. A program that cannot load ends within it.</summary>
    private static readonly TimeSpan Settling = TimeSpan.FromMilliseconds(200);

    private const int QuotedLines = 10;
    private const int ForceEnd = 9;

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
        var begun = clock.GetUtcNow();
        log.Note(begun, $"Starting {unit.Name.Full}.");
        var state = new UnitState { Unit = unit.Name.Full, Phase = UnitPhase.Starting, Invocation = Guid.NewGuid().ToString("N"), SinceUtc = begun, Starter = ProcessIdentity.Own };
        states.Write(state);
        var run = new UnitRun(new UnitLaunch(root, settings, state, log.LocalPath), settings, state, states, clock);
        if (run.IgnoresAccount)
        {
            log.Note(begun, $"User={settings.User} is not applied here; the service runs as the caller.");
        }

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(Shorter(limit, settings.StartTimeout));
        try
        {
            await run.StartAsync(Settling, patience.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw Failed(run.State, log, $"it did not start within {Shorter(limit, settings.StartTimeout).TotalSeconds:0.###} s.", null);
        }
        catch (HxException cause)
        {
            throw Failed(run.State, log, cause.Message, cause);
        }
        catch (OperationCanceledException)
        {
            Abandon(run.State);
            throw;
        }

        log.Note(clock.GetUtcNow(), $"Started {unit.Name.Full}.");
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

    private HxException Failed(UnitState state, UnitLog log, string what, Exception? cause)
    {
        Abandon(state);
        var lines = logs.Read(state.Unit, state.SinceUtc, QuotedLines)
            .Select(line => line.Text)
            .Where(text => !text.StartsWith(UnitLog.Prefix, StringComparison.Ordinal));
        var last = string.Join(" | ", lines);
        log.Note(clock.GetUtcNow(), $"Failed to start: {what}");
        return new HxException(ServiceErrors.StartFailed, state.Unit,
            $"Unit '{state.Unit}' was not started: {what} {(last.Length == 0 ? "It logged nothing." : $"Its last lines: {last}")}", cause);
    }

    private void Abandon(UnitState state)
    {
        state.Session.SendToAll(ForceEnd);
        states.Write(state with { Phase = UnitPhase.Failed, Starter = null, SinceUtc = clock.GetUtcNow() });
    }

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) =>
        other == Timeout.InfiniteTimeSpan || (one != Timeout.InfiniteTimeSpan && one < other) ? one : other;
}
