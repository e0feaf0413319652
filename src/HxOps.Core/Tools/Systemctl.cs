using System.Collections.Immutable;
using HxOps.Errors;
using HxOps.Tools.Processes;

namespace HxOps.Tools;

/// <summary>
/// systemctl, typed. It never pages, asks or colours. A command that changes a unit waits for systemd's job, no longer than its deadline;
/// the job itself goes on when the deadline passes.
/// </summary>
/// <param name="runner">Runs it, on this machine or on another one that its <see cref="HostEntry"/> leads to.</param>
public sealed class Systemctl(ProcessRunner runner)
{
    private static readonly TimeSpan QueryDeadline = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan ReloadDeadline = TimeSpan.FromSeconds(60);

    // Times are printed in the local zone and words in the local language unless told otherwise.
    private static readonly ImmutableDictionary<string, string> Environment =
        ImmutableDictionary<string, string>.Empty.Add("TZ", "UTC").Add("LC_ALL", "C");

    /// <summary>A unit's properties. An unknown unit has them too: its <see cref="UnitProperties.LoadState"/> is <c>not-found</c>.</summary>
    /// <exception cref="HxException">systemd does not answer.</exception>
    public async Task<UnitProperties> ShowAsync(string unit, CancellationToken cancellation) =>
        UnitProperties.Parse((await RunAsync(QueryDeadline, ["show", "--property=" + UnitProperties.Wanted, "--", unit], cancellation)).Output);

    /// <summary>The unit file and its drop-ins as systemd has found them, each after a comment with its path.</summary>
    public async Task<string> CatAsync(string unit, CancellationToken cancellation) =>
        (await RunAsync(QueryDeadline, ["cat", "--", unit], cancellation)).Output;

    /// <summary>Starts a unit and waits for the job.</summary>
    public Task StartAsync(string unit, TimeSpan deadline, CancellationToken cancellation) => RunAsync(deadline, ["start", "--", unit], cancellation);

    /// <summary>Stops a unit and waits for the job.</summary>
    public Task StopAsync(string unit, TimeSpan deadline, CancellationToken cancellation) => RunAsync(deadline, ["stop", "--", unit], cancellation);

    /// <summary>Stops a unit and starts it again, waiting for the job.</summary>
    public Task RestartAsync(string unit, TimeSpan deadline, CancellationToken cancellation) => RunAsync(deadline, ["restart", "--", unit], cancellation);

    /// <summary>Asks a unit to read its configuration again; fails when it cannot (<see cref="UnitProperties.CanReload"/>).</summary>
    public Task ReloadAsync(string unit, TimeSpan deadline, CancellationToken cancellation) => RunAsync(deadline, ["reload", "--", unit], cancellation);

    /// <summary>Sends a signal to all processes of a unit.</summary>
    /// <param name="unit">Full unit name.</param>
    /// <param name="signal">The signal's name, such as <c>SIGKILL</c>.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    public Task KillAsync(string unit, string signal, CancellationToken cancellation) =>
        RunAsync(QueryDeadline, ["kill", "--signal=" + signal, "--", unit], cancellation);

    /// <summary>Forgets that a unit has failed.</summary>
    public Task ResetFailedAsync(string unit, CancellationToken cancellation) => RunAsync(QueryDeadline, ["reset-failed", "--", unit], cancellation);

    /// <summary>Makes systemd read all unit files again.</summary>
    public Task DaemonReloadAsync(CancellationToken cancellation) => RunAsync(ReloadDeadline, ["daemon-reload"], cancellation);

    /// <summary>Links the unit into the targets that its <c>[Install]</c> section names, and reloads.</summary>
    public Task EnableAsync(string unit, CancellationToken cancellation) => RunAsync(ReloadDeadline, ["enable", "--", unit], cancellation);

    /// <summary>Takes those links away, and reloads.</summary>
    public Task DisableAsync(string unit, CancellationToken cancellation) => RunAsync(ReloadDeadline, ["disable", "--", unit], cancellation);

    private Task<ToolResult> RunAsync(TimeSpan deadline, ImmutableArray<string> arguments, CancellationToken cancellation) =>
        runner.RunCheckedAsync(
            new ToolCommand("systemctl", ["--no-pager", "--no-ask-password", .. arguments]) { Deadline = deadline, Environment = Environment },
            cancellation);
}
