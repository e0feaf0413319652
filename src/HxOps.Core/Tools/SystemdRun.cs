using System.Collections.Immutable;
using HxOps.Errors;

namespace HxOps.Tools;

/// <summary>systemd-run, typed: units that exist for as long as their program runs, and leave no file behind.</summary>
/// <param name="runner">Runs it, on this machine or on another one that its <see cref="HostEntry"/> leads to.</param>
public sealed class SystemdRun(ProcessRunner runner)
{
    /// <summary>Starts a transient service and returns once systemd has it.</summary>
    /// <exception cref="HxException">systemd-run failed: a unit of that name is there already, or a property is unknown.</exception>
    public Task StartAsync(TransientUnit unit, CancellationToken cancellation) => runner.RunCheckedAsync(
        new ToolCommand("systemd-run",
        [
            "--quiet", "--no-ask-password", "--collect", "--unit=" + unit.Name,
            .. unit.Properties.Select(property => $"--property={property.Key}={property.Value}"),
            "--", .. unit.Command,
        ]),
        cancellation);
}

/// <summary>A unit without a file.</summary>
/// <param name="Name">Full unit name.</param>
/// <param name="Command">Its program, an absolute path, and its arguments. Every user of the machine can read them.</param>
public sealed record TransientUnit(string Name, ImmutableArray<string> Command)
{
    /// <summary>Settings as a unit file would have them, such as <c>User</c>.</summary>
    public ImmutableSortedDictionary<string, string> Properties { get; init; } = ImmutableSortedDictionary<string, string>.Empty;
}
