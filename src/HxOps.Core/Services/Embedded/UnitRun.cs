using System.Collections.Immutable;
using HxOps.Errors;
using HxOps.Services.Units;
using HxOps.Tools;
using HxOps.Tools.Processes;

namespace HxOps.Services.Embedded;

/// <summary>One start of a unit: its commands one after the other, each noted down before and after it begins.</summary>
internal sealed class UnitRun(UnitState begun, UnitStateStore states, TimeProvider clock)
{
    /// <summary>The kernel's letter for a process that waits; one that computes or reads from the disk is still loading.</summary>
    private const char Waiting = 'S';

    /// <summary>Zero, and an end by SIGHUP, SIGINT, SIGPIPE or SIGTERM: no failure for systemd either.</summary>
    private static readonly ImmutableArray<int> CleanExits = [0, 128 + 1, 128 + 2, 128 + 13, 128 + 15];
    private static readonly TimeSpan LeastSettling = TimeSpan.FromMilliseconds(150);
    private static readonly TimeSpan MostSettling = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LeasePatience = TimeSpan.FromSeconds(5);

    /// <summary>What is known of it so far.</summary>
    internal UnitState State { get; private set; } = begun;

    /// <exception cref="HxException">A command cannot be executed or ended badly.</exception>
    internal async Task StartAsync(UnitLaunch launch, ServiceSettings settings, CancellationToken cancellation)
    {
        await RunToEndAsync(launch, settings.BeforeStart, cancellation);
        if (settings.Type != ServiceType.Oneshot)
        {
            await StartMainAsync(launch, settings.Start[0], cancellation);
            await RunToEndAsync(launch, settings.AfterStart, cancellation);
            return;
        }

        await RunToEndAsync(launch, settings.Start, cancellation);
        await RunToEndAsync(launch, settings.AfterStart, cancellation);
        Note(State with { Phase = settings.RemainsAfterExit ? UnitPhase.Remains : UnitPhase.Stopped, ExitCode = 0, SinceUtc = clock.GetUtcNow() });
    }

    private async Task StartMainAsync(UnitLaunch launch, ExecCommand command, CancellationToken cancellation)
    {
        var process = launch.Start(command, mainProcess: null);
        Note(State with { Main = process.Identity });
        if (await EndsAtOnceAsync(process, cancellation))
        {
            var exitCode = await process.Exited;
            State = State with { ExitCode = exitCode };
            throw Ended(command, exitCode);
        }

        Note(State with { Phase = UnitPhase.Started, Starter = null, SinceUtc = clock.GetUtcNow() });
        _ = NoteExitAsync(process, State);
    }

    /// <summary>Watches a program until it has settled: it has lived for a moment and now waits for something, as a server does once it is loaded.</summary>
    private async Task<bool> EndsAtOnceAsync(DetachedProcess process, CancellationToken cancellation)
    {
        for (var begun = clock.GetTimestamp(); !process.Exited.IsCompleted; cancellation.ThrowIfCancellationRequested())
        {
            var elapsed = clock.GetElapsedTime(begun);
            if (elapsed >= MostSettling || (elapsed >= LeastSettling && ProcessStatus.Read(process.Identity.Id) is { State: Waiting }))
            {
                return false;
            }

            await Task.WhenAny(process.Exited, Task.Delay(Poll, clock, cancellation));
        }

        return true;
    }

    private async Task RunToEndAsync(UnitLaunch launch, ImmutableArray<ExecCommand> commands, CancellationToken cancellation)
    {
        foreach (var command in commands)
        {
            var exitCode = await launch.Start(command, State.Main?.Id).Exited.WaitAsync(cancellation);
            if (exitCode != 0 && !command.IgnoresFailure)
            {
                State = State with { ExitCode = exitCode };
                throw Ended(command, exitCode);
            }
        }
    }

    /// <summary>As long as this process lives it is the service's parent and alone learns how it ended; whoever asks later reads it.</summary>
    private async Task NoteExitAsync(DetachedProcess process, UnitState started)
    {
        var exitCode = await process.Exited;
        try
        {
            if (!IsStill(started))
            {
                return;
            }

            using var lease = await states.AcquireAsync(started.Unit, LeasePatience, CancellationToken.None);
            if (IsStill(started))
            {
                var phase = CleanExits.Contains(exitCode) ? UnitPhase.Stopped : UnitPhase.Failed;
                states.Write(started with { Phase = phase, ExitCode = exitCode, SinceUtc = clock.GetUtcNow() });
            }
        }
        catch (HxException)
        {
            // The root is gone or refuses: then nobody will ask.
        }
    }

    private bool IsStill(UnitState started) =>
        states.Read(started.Unit) is { Phase: UnitPhase.Started } present && present.Invocation == started.Invocation;

    private void Note(UnitState next)
    {
        State = next;
        states.Write(next);
    }

    private static HxException Ended(ExecCommand command, int exitCode) =>
        new(ToolErrors.Failed, command.Program, $"'{command.Program}' ({command.Origin}) exited with {exitCode}.");
}
