using System.Collections.Immutable;

namespace HxOps.Services;

/// <summary>
/// Runs units: by systemd, or by the embedded supervisor below a root and on machines without systemd.
/// A method returns when the state it is named for has been observed, or throws an <see cref="Errors.HxException"/>.
/// </summary>
public interface IServiceControl
{
    /// <summary>What runs the units, in a word for plans and reports: <c>systemd</c> or <c>supervisor</c>.</summary>
    string Name { get; }

    /// <summary>The present state; an unknown unit gives <see cref="UnitActivity.Absent"/>.</summary>
    Task<UnitStatus> GetAsync(string unit, CancellationToken cancellation);

    /// <summary>Starts the unit and polls until it is active.</summary>
    /// <param name="unit">Full unit name.</param>
    /// <param name="limit">The longest wait.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    Task<UnitStatus> StartAsync(string unit, TimeSpan limit, CancellationToken cancellation);

    /// <summary>Stops the unit and polls until it is inactive.</summary>
    /// <inheritdoc cref="StartAsync"/>
    Task<UnitStatus> StopAsync(string unit, TimeSpan limit, CancellationToken cancellation);

    /// <summary>Stops the unit and starts it again; each may take the whole limit.</summary>
    /// <inheritdoc cref="StartAsync"/>
    async Task<UnitStatus> RestartAsync(string unit, TimeSpan limit, CancellationToken cancellation)
    {
        await StopAsync(unit, limit, cancellation);
        return await StartAsync(unit, limit, cancellation);
    }

    /// <summary>Makes the unit take up its changed configuration: by its own reload where it has one, else by a restart.</summary>
    /// <returns>Which of the two it was.</returns>
    /// <inheritdoc cref="StartAsync"/>
    async Task<UnitReload> ReloadOrRestartAsync(string unit, TimeSpan limit, CancellationToken cancellation) =>
        new(ReloadWay.Restarted, await RestartAsync(unit, limit, cancellation));

    /// <summary>Reads the unit files again after they changed.</summary>
    Task ReloadDefinitionsAsync(CancellationToken cancellation);

    /// <summary>
    /// The command that the manager itself has loaded for the unit, after all drop-ins: its words joined by blanks, one line for each command.
    /// Null where nothing is loaded and the unit files are read anew at every start.
    /// </summary>
    Task<string?> LoadedCommandAsync(string unit, CancellationToken cancellation) => Task.FromResult<string?>(null);

    /// <summary>Lines that the unit logged.</summary>
    Task<ImmutableArray<LogLine>> ReadLogAsync(string unit, DateTimeOffset sinceUtc, int mostLines, CancellationToken cancellation);

    /// <summary>Lines that the unit logged, and those that it logs, until the caller gives up.</summary>
    IAsyncEnumerable<LogLine> FollowLogAsync(string unit, DateTimeOffset sinceUtc, CancellationToken cancellation);
}

/// <summary>What a unit is doing.</summary>
public sealed record UnitStatus
{
    /// <summary>Full unit name.</summary>
    public required string Id { get; init; }

    /// <summary>Whether it runs.</summary>
    public required UnitActivity Activity { get; init; }

    /// <summary>Whether it starts at boot.</summary>
    public bool IsEnabled { get; init; }

    /// <summary>The main process, or null.</summary>
    public int? MainProcessId { get; init; }

    /// <summary>When the present activity began, where known.</summary>
    public DateTimeOffset? SinceUtc { get; init; }

    /// <summary>The manager's own words, such as <c>running</c> or <c>exit-code</c>.</summary>
    public string Detail { get; init; } = "";

    /// <summary>How often the manager has restarted it by itself since it was last started.</summary>
    public int Restarts { get; init; }

    /// <summary>Memory in bytes, or null where it is not accounted.</summary>
    public long? MemoryBytes { get; init; }

    /// <summary>CPU time used, or null where it is not accounted.</summary>
    public TimeSpan? CpuTime { get; init; }

    /// <summary>Host path of the unit file; empty when there is none.</summary>
    public string UnitFile { get; init; } = "";

    /// <summary>Host paths of the drop-ins, in the order in which they take effect.</summary>
    public ImmutableArray<string> DropIns { get; init; } = [];

    /// <summary>Whether the manager works with older unit files than those on disk.</summary>
    public bool NeedsReload { get; init; }
}

/// <summary>Whether a unit runs.</summary>
public enum UnitActivity
{
    /// <summary>There is no such unit.</summary>
    Absent,

    /// <summary>It is stopped.</summary>
    Inactive,

    /// <summary>It is on its way up.</summary>
    Activating,

    /// <summary>It runs.</summary>
    Active,

    /// <summary>It is on its way down.</summary>
    Deactivating,

    /// <summary>It ended by itself in a way that is not success.</summary>
    Failed,
}

/// <summary>How a unit took up its changed configuration.</summary>
/// <param name="Way">By which way.</param>
/// <param name="Status">Its state afterwards.</param>
public sealed record UnitReload(ReloadWay Way, UnitStatus Status);

/// <summary>The ways to take up a changed configuration.</summary>
public enum ReloadWay
{
    /// <summary>The unit's own reload; its main process stayed.</summary>
    Reloaded,

    /// <summary>A restart, because the unit has no reload of its own or was not running.</summary>
    Restarted,
}

/// <summary>A line that a unit logged.</summary>
/// <param name="TimeUtc">When.</param>
/// <param name="Unit">Which unit.</param>
/// <param name="Priority">Syslog priority, 0 (emergency) to 7 (debug).</param>
/// <param name="Text">What, with secrets redacted.</param>
public sealed record LogLine(DateTimeOffset TimeUtc, string Unit, int Priority, string Text);
