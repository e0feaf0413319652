using System.Collections.Immutable;
using HxOps.Files;
using HxOps.Reporting;
using HxOps.Services.Units;

namespace HxOps.Services.Embedded;

/// <summary>
/// Runs units without systemd, from the same unit files: below a root for the demo, rehearsals and tests, and on machines that have no
/// systemd. It is no daemon: what it must remember lies in files below the root, so a service outlives the process that started it and
/// the next one finds it, even when the first was killed half-way. Nobody watches in between: <c>Restart=</c> has no effect here, and
/// neither have the settings that need a kernel's help, such as hardening and resource control; <c>LimitNOFILE=</c> is applied.
/// </summary>
public sealed class EmbeddedSupervisor : IServiceControl
{
    private readonly UnitLoader _units;
    private readonly UnitStateStore _states;
    private readonly UnitStarter _starter;
    private readonly UnitStopper _stopper;
    private readonly UnitReloader _reloader;
    private readonly UnitLogReader _logs;

    /// <summary>Runs the units whose files lie below a root.</summary>
    /// <param name="root">The root.</param>
    /// <param name="redactor">Takes secrets out of log lines and errors.</param>
    /// <param name="clock">The time.</param>
    public EmbeddedSupervisor(HostRoot root, Redactor redactor, TimeProvider clock)
        : this(root, redactor, clock, AccountRule.OnTheMachine)
    {
    }

    internal EmbeddedSupervisor(HostRoot root, Redactor redactor, TimeProvider clock, AccountRule accounts)
    {
        _logs = new UnitLogReader(root, new UnitLogRedactor(root, redactor), clock);
        _units = new UnitLoader(root);
        _states = new UnitStateStore(root, clock);
        _stopper = new UnitStopper(root, _states, clock, accounts);
        _reloader = new UnitReloader(root, _states, accounts);
        _starter = new UnitStarter(root, _states, _stopper, _logs, clock, accounts);
    }

    /// <inheritdoc/>
    public string Name => "supervisor";

    /// <inheritdoc/>
    public Task<UnitStatus> GetAsync(string unit, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return Task.FromResult(Status(unit));
    }

    /// <inheritdoc/>
    public async Task<UnitStatus> StartAsync(string unit, TimeSpan limit, CancellationToken cancellation)
    {
        var definition = _units.Load(unit);
        _states.EnsureFolder();
        using (await _states.AcquireAsync(unit, limit, cancellation))
        {
            await _starter.StartAsync(definition, limit, cancellation);
            return Status(unit);
        }
    }

    /// <inheritdoc/>
    public async Task<UnitStatus> StopAsync(string unit, TimeSpan limit, CancellationToken cancellation)
    {
        if (_states.Read(unit) is null)
        {
            _units.Load(unit);
            return Status(unit);
        }

        using (await _states.AcquireAsync(unit, limit, cancellation))
        {
            await _stopper.StopAsync(unit, _units.TryLoad(unit), limit, cancellation);
            return Status(unit);
        }
    }

    /// <inheritdoc/>
    public async Task<UnitReload> ReloadOrRestartAsync(string unit, TimeSpan limit, CancellationToken cancellation)
    {
        var definition = _units.Load(unit);
        return await _reloader.TryReloadAsync(definition, limit, cancellation)
            ? new UnitReload(ReloadWay.Reloaded, Status(unit))
            : new UnitReload(ReloadWay.Restarted, await ((IServiceControl)this).RestartAsync(unit, limit, cancellation));
    }

    /// <summary>Reads every unit file in <c>/etc/systemd/system</c>, so that one that cannot be understood is named now and not at its start.</summary>
    public Task ReloadDefinitionsAsync(CancellationToken cancellation)
    {
        foreach (var unit in _units.ListLocal())
        {
            cancellation.ThrowIfCancellationRequested();
            _units.TryLoad(unit);
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<ImmutableArray<LogLine>> ReadLogAsync(string unit, DateTimeOffset sinceUtc, int mostLines, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return Task.FromResult(_logs.Read(unit, sinceUtc, mostLines));
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<LogLine> FollowLogAsync(string unit, DateTimeOffset sinceUtc, CancellationToken cancellation) =>
        _logs.FollowAsync(unit, sinceUtc, cancellation);

    private UnitStatus Status(string unit)
    {
        var state = UnitObserver.Observe(_states.Read(unit));
        var definition = _units.TryLoad(unit);
        var activity = state?.Phase switch
        {
            UnitPhase.Starting => UnitActivity.Activating,
            UnitPhase.Started or UnitPhase.Remains => UnitActivity.Active,
            UnitPhase.Stopping => UnitActivity.Deactivating,
            UnitPhase.Failed or UnitPhase.Killed => UnitActivity.Failed,
            _ => definition is null ? UnitActivity.Absent : UnitActivity.Inactive,
        };
        return new UnitStatus
        {
            Id = unit,
            Activity = activity,
            IsEnabled = _units.IsEnabled(unit),
            MainProcessId = state is { Phase: UnitPhase.Starting or UnitPhase.Started or UnitPhase.Stopping } ? state.Main?.Id : null,
            SinceUtc = state?.SinceUtc,
            Detail = Detail(definition, state),
            UnitFile = definition?.File ?? "",
            DropIns = definition?.DropIns ?? [],
        };
    }

    private static string Detail(UnitDefinition? definition, UnitState? state) => state?.Phase switch
    {
        UnitPhase.Starting => "starting",
        UnitPhase.Started => "running",
        UnitPhase.Remains => "exited",
        UnitPhase.Stopping => "stopping",
        UnitPhase.Killed => "timeout", // As systemd calls it.
        UnitPhase.Failed => state.ExitCode is { } code ? $"exit-code {code}" : "ended unobserved",
        _ => definition is { IsMasked: true } ? "masked" : "dead",
    };
}
