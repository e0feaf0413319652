using System.Collections.Immutable;
using System.Globalization;
using HxOps.Errors;
using HxOps.Tools.Processes;

namespace HxOps.Tools;

/// <summary>systemd-run, typed: units that exist for as long as their program runs, and leave no file behind.</summary>
/// <param name="runner">Runs it, on this machine or on another one that its <see cref="HostEntry"/> leads to.</param>
public sealed class SystemdRun(ProcessRunner runner)
{
    /// <summary>Starts a transient service and returns once systemd has it.</summary>
    /// <exception cref="HxException">systemd-run failed: a unit of that name is there already, or a property is unknown.</exception>
    public Task StartAsync(TransientUnit unit, CancellationToken cancellation) => runner.RunCheckedAsync(Command(unit), cancellation);

    /// <summary>Runs a transient service to its end; the result is that of systemd-run, which tells whether the service succeeded.</summary>
    /// <exception cref="HxException">systemd-run is not there, or did not end in time.</exception>
    public Task<ToolResult> RunAsync(TransientUnit unit, CancellationToken cancellation) =>
        // As a job that is done when the program is: "--wait" would need a D-Bus daemon, which small machines lack.
        runner.RunAsync(Command(unit, "--property=Type=oneshot") with { Deadline = TimeSpan.FromSeconds(60) }, cancellation);

    /// <summary>Makes a transient timer of the unit's name that starts it after a time, to the second; it is gone when it has.</summary>
    /// <exception cref="HxException">systemd-run failed: a unit of that name is there already, or a property is unknown.</exception>
    public Task ScheduleAsync(TransientUnit unit, TimeSpan delay, CancellationToken cancellation) => runner.RunCheckedAsync(
        Command(unit, string.Create(CultureInfo.InvariantCulture, $"--on-active={delay.TotalMilliseconds:0}ms"), "--timer-property=AccuracySec=1s"),
        cancellation);

    private static ToolCommand Command(TransientUnit unit, params ReadOnlySpan<string> options) => new("systemd-run",
    [
        "--quiet", "--no-ask-password", "--collect", "--unit=" + unit.Name, .. options,
        .. unit.Properties.Select(property => $"--property={property.Key}={property.Value}"),
        .. unit.Environment.Select(variable => $"--setenv={variable.Key}={variable.Value}"),
        "--", .. unit.Command,
    ]);
}

/// <summary>A unit without a file.</summary>
/// <param name="Name">Full unit name.</param>
/// <param name="Command">Its program, an absolute path, and its arguments. Every user of the machine can read them.</param>
public sealed record TransientUnit(string Name, ImmutableArray<string> Command)
{
    /// <summary>Settings as a unit file would have them, such as <c>User</c>.</summary>
    public ImmutableSortedDictionary<string, string> Properties { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Environment variables besides those that systemd gives. Every user of the machine can read them.</summary>
    public ImmutableDictionary<string, string> Environment { get; init; } = ImmutableDictionary<string, string>.Empty;
}
