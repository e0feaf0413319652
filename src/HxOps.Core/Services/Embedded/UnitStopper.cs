using System.Collections.Immutable;
using HxOps.Errors;
using HxOps.Files;
using HxOps.Services.Units;
using HxOps.Tools.Processes;

namespace HxOps.Services.Embedded;

/// <summary>
/// Stops a unit: its own stop commands, its stop signal, and SIGKILL for whatever is left when its time is over. It leaves nothing of the
/// unit running, whatever <c>KillMode=</c> says: that only decides who is asked politely.
/// </summary>
internal sealed class UnitStopper(HostRoot root, UnitStateStore states, TimeProvider clock, AccountRule accounts)
{
    private const int ForceEnd = 9;
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan KillPatience = TimeSpan.FromSeconds(2);

    /// <param name="unit">Full unit name.</param>
    /// <param name="definition">Its definition, or null when its file is gone: then the defaults hold.</param>
    /// <param name="limit">The longest wait before SIGKILL.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    internal async Task StopAsync(string unit, UnitDefinition? definition, TimeSpan limit, CancellationToken cancellation)
    {
        if (UnitObserver.Observe(states.Read(unit)) is not { } state)
        {
            return;
        }

        var session = state.Session;
        var end = state.Phase == UnitPhase.Killed ? UnitPhase.Killed : UnitPhase.Stopped;
        if (!session.Living().IsEmpty)
        {
            states.Write(state with { Phase = UnitPhase.Stopping, SinceUtc = clock.GetUtcNow() });
            end = await EndAsync(state, session, definition is { IsMasked: false } ? ServiceSettings.Of(definition) : ServiceSettings.Default, limit, cancellation);
        }

        states.Write(state with { Phase = end, Main = null, ExitCode = null, SinceUtc = clock.GetUtcNow() });
    }

    private async Task<UnitPhase> EndAsync(UnitState state, ProcessSession session, ServiceSettings settings, TimeSpan limit, CancellationToken cancellation)
    {
        var log = new UnitLog(root, state.Unit);
        log.Note(clock.GetUtcNow(), $"Stopping {state.Unit}.");
        var begun = clock.GetTimestamp();
        var patience = settings.StopTimeout == Timeout.InfiniteTimeSpan || settings.StopTimeout > limit ? limit : settings.StopTimeout;
        await RunCommandsAsync(settings.Stop, state, settings, patience, cancellation);
        Signal(session, settings.KillMode, settings.StopSignal);
        var isDeaf = !await IsGoneAsync(session, settings.KillMode, patience - clock.GetElapsedTime(begun), cancellation);
        if (isDeaf)
        {
            log.Note(clock.GetUtcNow(), $"Killing {state.Unit}: it did not stop within {patience.TotalSeconds:0.###} s.");
        }

        if (!await KillAsync(session))
        {
            throw new HxException(ServiceErrors.StopFailed, state.Unit,
                $"Unit '{state.Unit}' still runs as process {session.Living().FirstOrDefault()?.Id} although it was killed.");
        }

        await RunCommandsAsync(settings.AfterStop, state with { Main = null }, settings, patience, cancellation);
        await KillAsync(session);
        log.Note(clock.GetUtcNow(), $"Stopped {state.Unit}.");
        return isDeaf && settings.KillMode != KillMode.None ? UnitPhase.Killed : UnitPhase.Stopped;
    }

    /// <summary>A stop command is a request; how it ends is the service's business, and the stop goes on in any case.</summary>
    private async Task RunCommandsAsync(
        ImmutableArray<ExecCommand> commands, UnitState state, ServiceSettings settings, TimeSpan patience, CancellationToken cancellation)
    {
        if (commands.IsEmpty)
        {
            return;
        }

        var log = new UnitLog(root, state.Unit);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(patience);
        try
        {
            var launch = new UnitLaunch(root, settings, state, log.LocalPath, accounts);
            foreach (var command in commands)
            {
                await launch.Start(command, state.Main?.Id).Exited.WaitAsync(limit.Token);
            }
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            log.Note(clock.GetUtcNow(), "A stop command did not end in its time.");
        }
        catch (HxException failure)
        {
            log.Note(clock.GetUtcNow(), failure.Message);
        }
    }

    /// <summary>Kills what is left; false when even that did not end it.</summary>
    internal async Task<bool> KillAsync(ProcessSession session)
    {
        // Again and again: between two looks a process may have made another one.
        for (var begun = clock.GetTimestamp(); !session.Living().IsEmpty;)
        {
            if (clock.GetElapsedTime(begun) >= KillPatience)
            {
                return false;
            }

            session.SendToAll(ForceEnd);
            await Task.Delay(Poll, clock, CancellationToken.None);
        }

        return true;
    }

    private static void Signal(ProcessSession session, KillMode mode, int signal)
    {
        if (mode == KillMode.ControlGroup)
        {
            session.SendToAll(signal);
        }
        else if (mode != KillMode.None)
        {
            session.SendToLeader(signal);
        }
    }

    /// <summary>Waits for the end of those who were asked.</summary>
    private async Task<bool> IsGoneAsync(ProcessSession session, KillMode mode, TimeSpan patience, CancellationToken cancellation)
    {
        for (var begun = clock.GetTimestamp(); session.Living().Any(process => mode == KillMode.ControlGroup || session.IsLeader(process));)
        {
            if (mode == KillMode.None || clock.GetElapsedTime(begun) >= patience)
            {
                return false;
            }

            await Task.Delay(Poll, clock, cancellation);
        }

        return true;
    }
}
