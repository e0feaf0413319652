using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using HxOps.Errors;
using HxOps.Files;
using HxOps.Reporting;
using HxOps.Tools;
using HxOps.Tools.Processes;

namespace HxOps.Services.Systemd;

/// <summary>Runs units by systemd. States come from its properties; a failure carries the unit's last journal lines.</summary>
public sealed class SystemdServices : IServiceControl
{
    private const int QuotedLines = 10;

    /// <summary>How much longer a stop waits for what it has killed.</summary>
    private static readonly TimeSpan KillPatience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Settling = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(20);

    private readonly Systemctl _systemctl;
    private readonly Journalctl _journalctl;
    private readonly UnitLogRedactor _redactor;
    private readonly TimeProvider _clock;

    /// <summary>Runs units of the machine that the runner's entry leads to.</summary>
    /// <param name="runner">Runs systemctl and journalctl there.</param>
    /// <param name="root">That machine's file system.</param>
    /// <param name="redactor">Takes secrets out of log lines and errors.</param>
    /// <param name="clock">The time.</param>
    public SystemdServices(ProcessRunner runner, HostRoot root, Redactor redactor, TimeProvider clock)
    {
        _redactor = new UnitLogRedactor(root, redactor);
        _systemctl = new Systemctl(runner);
        _journalctl = new Journalctl(runner);
        _clock = clock;
    }

    /// <inheritdoc/>
    public string Name => "systemd";

    /// <inheritdoc/>
    public async Task<UnitStatus> GetAsync(string unit, CancellationToken cancellation) => Status(unit, await ShowAsync(unit, cancellation));

    /// <inheritdoc/>
    public Task<UnitStatus> StartAsync(string unit, TimeSpan limit, CancellationToken cancellation) =>
        StartedAsync(unit, limit, async before =>
        {
            // What made it crash too often may be mended; who starts it by hand wants to see.
            if (before.ActiveState == "failed")
                await _systemctl.ResetFailedAsync(unit, cancellation);

            await _systemctl.StartAsync(unit, limit, cancellation);
        }, cancellation);

    /// <inheritdoc/>
    public Task<UnitStatus> RestartAsync(string unit, TimeSpan limit, CancellationToken cancellation) =>
        StartedAsync(unit, limit, async before =>
        {
            // A unit that crashed too often refuses every start, even that of the version which worked.
            if (before is not ({ ActiveState: "inactive" } or { ActiveState: "active", Restarts: 0 }))
                await _systemctl.ResetFailedAsync(unit, cancellation);

            await RestartPolitelyAsync(unit, limit, cancellation);
        }, cancellation);

    /// <inheritdoc/>
    public async Task<UnitReload> ReloadOrRestartAsync(string unit, TimeSpan limit, CancellationToken cancellation)
    {
        var before = await KnownAsync(unit, cancellation);
        if (!before.CanReload || before.ActiveState != "active")
        {
            return new UnitReload(ReloadWay.Restarted, await RestartAsync(unit, limit, cancellation));
        }

        try
        {
            await _systemctl.ReloadAsync(unit, limit, cancellation);
        }
        catch (HxException cause) when (IsOfTheCommand(cause))
        {
            throw new HxException(ServiceErrors.ReloadFailed, unit, $"Unit '{unit}' could not be reloaded: {cause.Message}", cause);
        }

        return new UnitReload(ReloadWay.Reloaded, await GetAsync(unit, cancellation));
    }

    /// <inheritdoc/>
    public async Task<UnitStatus> StopAsync(string unit, TimeSpan limit, CancellationToken cancellation)
    {
        await KnownAsync(unit, cancellation);
        try
        {
            await _systemctl.StopAsync(unit, limit, cancellation);
        }
        catch (HxException cause) when (cause.Id == ToolErrors.TimedOut)
        {
            // The unit's own TimeoutStopSec= is longer than the caller's patience; systemd's stop job goes on, and this ends it.
            await _systemctl.KillAsync(unit, "SIGKILL", cancellation);
        }
        catch (HxException cause) when (IsOfTheCommand(cause))
        {
            throw new HxException(ServiceErrors.StopFailed, unit, $"Unit '{unit}' could not be stopped: {cause.Message}", cause);
        }

        return await StoppedAsync(unit, limit, cancellation);
    }

    /// <inheritdoc/>
    public async Task ReloadDefinitionsAsync(CancellationToken cancellation)
    {
        try
        {
            await _systemctl.DaemonReloadAsync(cancellation);
        }
        catch (HxException cause) when (IsOfTheCommand(cause))
        {
            throw Unavailable("daemon-reload", cause);
        }
    }

    /// <inheritdoc/>
    public async Task<string?> LoadedCommandAsync(string unit, CancellationToken cancellation) => (await ShowAsync(unit, cancellation)).StartCommand;

    /// <inheritdoc/>
    public async Task<ImmutableArray<LogLine>> ReadLogAsync(string unit, DateTimeOffset sinceUtc, int mostLines, CancellationToken cancellation)
    {
        var entries = await _journalctl.ReadAsync(new JournalQuery(unit) { SinceUtc = sinceUtc, MostLines = mostLines }, cancellation);
        return _redactor.Redact(unit, entries.Select(entry => new LogLine(entry.TimeUtc, unit, entry.Priority, entry.Text)));
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<LogLine> FollowLogAsync(string unit, DateTimeOffset sinceUtc, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var entry in _journalctl.FollowAsync(new JournalQuery(unit) { SinceUtc = sinceUtc }, cancellation))
            yield return _redactor.Redact(unit, [new LogLine(entry.TimeUtc, unit, entry.Priority, entry.Text)])[0];
    }

    private async Task<UnitStatus> StartedAsync(string unit, TimeSpan limit, Func<UnitProperties, Task> command, CancellationToken cancellation)
    {
        var before = await KnownAsync(unit, cancellation);
        var begun = _clock.GetUtcNow();
        try
        {
            await command(before);
        }
        catch (HxException cause) when (IsOfTheCommand(cause))
        {
            throw await StartFailedAsync(unit, limit, begun, cause, cancellation);
        }

        return await SettledAsync(unit, cancellation) is { } settled
            ? Status(unit, settled)
            : throw await StartFailedAsync(unit, limit, begun, null, cancellation);
    }

    /// <summary>
    /// Watches a started unit for a moment: systemd's job is done as soon as a simple service's process exists, and one that cannot load
    /// ends only then. Null when it ended.
    /// </summary>
    private async Task<UnitProperties?> SettledAsync(string unit, CancellationToken cancellation)
    {
        var begun = _clock.GetTimestamp();
        var first = await ShowAsync(unit, cancellation);
        for (var properties = first; ; properties = await ShowAsync(unit, cancellation))
        {
            if (properties.ActiveState == "failed" || properties.SubState == "auto-restart" || properties.Restarts > first.Restarts)
            {
                return null;
            }

            if (properties.SubState != "running" || _clock.GetElapsedTime(begun) >= Settling)
            {
                return properties;
            }

            await Task.Delay(Poll, _clock, cancellation);
        }
    }

    /// <summary>A process that does not stop in the caller's time is killed, as <see cref="StopAsync"/> does; systemd's restart job then goes on.</summary>
    private async Task RestartPolitelyAsync(string unit, TimeSpan limit, CancellationToken cancellation)
    {
        try
        {
            await _systemctl.RestartAsync(unit, limit, cancellation);
        }
        catch (HxException cause) when (cause.Id == ToolErrors.TimedOut)
        {
            if ((await ShowAsync(unit, cancellation)).ActiveState != "deactivating")
                throw;

            await _systemctl.KillAsync(unit, "SIGKILL", cancellation);
            await _systemctl.RestartAsync(unit, limit, cancellation);
        }
    }

    private async Task<UnitStatus> StoppedAsync(string unit, TimeSpan limit, CancellationToken cancellation)
    {
        for (var begun = _clock.GetTimestamp(); ;)
        {
            var properties = await ShowAsync(unit, cancellation);
            if (properties.ActiveState is "inactive" or "failed")
            {
                return Status(unit, properties);
            }

            if (_clock.GetElapsedTime(begun) > KillPatience)
            {
                throw new HxException(ServiceErrors.StopFailed, unit,
                    $"Unit '{unit}' is still {properties.ActiveState} after {limit.TotalSeconds:0.###} s, although it was killed.");
            }

            await Task.Delay(Poll, _clock, cancellation);
        }
    }

    private async Task<UnitProperties> KnownAsync(string unit, CancellationToken cancellation)
    {
        var properties = await ShowAsync(unit, cancellation);
        return properties.LoadState == "not-found"
            ? throw new HxException(ServiceErrors.UnitNotFound, unit, $"systemd knows no unit '{unit}'.")
            : properties;
    }

    private async Task<UnitProperties> ShowAsync(string unit, CancellationToken cancellation)
    {
        try
        {
            return await _systemctl.ShowAsync(unit, cancellation);
        }
        catch (HxException cause) when (IsOfTheCommand(cause))
        {
            // systemctl answers for unknown units too, so whatever fails here is the connection.
            throw Unavailable(unit, cause);
        }
    }

    private async Task<HxException> StartFailedAsync(string unit, TimeSpan limit, DateTimeOffset begun, HxException? cause, CancellationToken cancellation)
    {
        var properties = await ShowAsync(unit, cancellation);
        var what = cause?.Id == ToolErrors.TimedOut ? $"did not become active within {limit.TotalSeconds:0.###} s and is {properties.ActiveState}"
            : properties.LoadState != "loaded" ? $"cannot be started: its load state is {properties.LoadState}"
            : $"did not start: its result is {properties.Result}, exit status {properties.ExitStatus}";
        var lines = await ReadLogAsync(unit, begun, QuotedLines, cancellation);
        return new HxException(ServiceErrors.StartFailed, unit,
            $"Unit '{unit}' {what}. Its last lines: {string.Join(" | ", lines.Select(line => line.Text))}", cause);
    }

    private static UnitStatus Status(string unit, UnitProperties properties) => new()
    {
        Id = unit,
        Activity = properties.ActiveState switch
        {
            "active" or "reloading" or "refreshing" => UnitActivity.Active,
            "activating" => UnitActivity.Activating,
            "deactivating" => UnitActivity.Deactivating,
            "failed" => UnitActivity.Failed,
            _ => properties.LoadState == "not-found" ? UnitActivity.Absent : UnitActivity.Inactive,
        },
        IsEnabled = properties.UnitFileState is "enabled" or "enabled-runtime",
        MainProcessId = properties.MainProcessId,
        SinceUtc = properties.StateChangedUtc,
        Detail = properties.LoadState is "loaded" or "not-found" ? Detail(properties) : properties.LoadState,
        Restarts = properties.Restarts,
        MemoryBytes = properties.MemoryBytes,
        CpuTime = properties.CpuTime,
        UnitFile = properties.FragmentPath,
        DropIns = properties.DropInPaths,
        NeedsReload = properties.NeedsDaemonReload,
    };

    private static string Detail(UnitProperties properties) =>
        properties.ActiveState == "failed" ? properties.Result : properties.SubState;

    private static bool IsOfTheCommand(HxException error) =>
        error.Id == ToolErrors.Failed || error.Id == ToolErrors.TimedOut || error.Id == ToolErrors.Missing;

    private static HxException Unavailable(string target, HxException cause) =>
        new(ServiceErrors.ManagerUnavailable, target, $"systemd does not answer: {cause.Message}", cause);
}
