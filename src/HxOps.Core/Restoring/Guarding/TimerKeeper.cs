using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using HxOps.Errors;
using HxOps.Files;
using HxOps.Formats;
using HxOps.Restoring.Journaling;
using HxOps.Tools;
using HxOps.Tools.Processes;

namespace HxOps.Restoring.Guarding;

/// <summary>Lets systemd start the guard by a transient timer: no process waits meanwhile, and no session takes it along when it ends.</summary>
internal sealed class TimerKeeper(DeploymentContext context, HostEntry entry) : IGuardKeeper
{
    private const int MostBytes = 16 << 20;
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(10);

    // A guard that gives up is started again, unless it was called wrongly or its restore is gone.
    private static readonly ImmutableSortedDictionary<string, string> Perseverance = ImmutableSortedDictionary<string, string>.Empty
        .Add("Restart", "on-failure").Add("RestartSec", "30").Add("RestartPreventExitStatus", "2 3");

    private readonly GuardCommand _command = new(context, HostRoot.Machine);
    private readonly SystemdRun _run = new(new ProcessRunner(entry));
    private readonly Systemctl _systemctl = new(new ProcessRunner(entry));

    /// <inheritdoc/>
    public async Task SetAsync(string id, TimeSpan within, CancellationToken cancellation)
    {
        await TryAsync(id, cancellation);
        var guard = Unit(id, "", _command.Guard(id));
        await _run.ScheduleAsync(guard with { Properties = guard.Properties.AddRange(Perseverance) }, within, cancellation);
        var timer = await _systemctl.ShowAsync(Name(id) + ".timer", cancellation);
        if (timer.ActiveState != "active")
            throw new HxException(GuardErrors.Unavailable, Name(id) + ".timer", $"The timer {Name(id)}.timer is {timer.ActiveState} right after it was made.");
    }

    // By systemd itself and as a service: its environment is another than that of the operator.
    private async Task TryAsync(string id, CancellationToken cancellation)
    {
        var log = new RestoreFolder(context).GuardLog(id);
        DurableFile.WriteAllText(log, "", UnixFileMode.UserRead | UnixFileMode.UserWrite);
        var output = "append:" + context.Root.HostPathOf(log);
        var trial = Unit(id, "-trial", _command.Trial());
        trial = trial with { Properties = trial.Properties.Add("StandardOutput", output).Add("StandardError", output).Add("TimeoutStartSec", "55") };
        var result = await _run.RunAsync(trial, cancellation);
        var said = ForeignText.Read(log, MostBytes);
        _command.Require(result with { Output = said, Error = result.Succeeded ? "" : $"{result.Error}{said}" }, id);
    }

    /// <inheritdoc/>
    public async Task CancelAsync(string id, CancellationToken cancellation)
    {
        var timer = Name(id) + ".timer";
        if ((await _systemctl.ShowAsync(timer, cancellation)).LoadState != "not-found")
            await _systemctl.StopAsync(timer, StopLimit, cancellation);
    }

    private TransientUnit Unit(string id, string ending, ImmutableArray<string> command) => new(Name(id) + ending + ".service", command)
    {
        Environment = _command.Environment,
        Properties = ImmutableSortedDictionary<string, string>.Empty.Add("Description", $"HxOps guard of {id} of {context.Deployment.Name}"),
    };

    // Two deployments of one machine can restore within one second.
    private string Name(string id)
    {
        var folder = SHA256.HashData(Encoding.UTF8.GetBytes(context.Deployment.Backups.Folder));
        return $"hxops-guard-{RestoreFolder.StampOf(id)}-{Convert.ToHexStringLower(folder.AsSpan(0, 4))}";
    }
}
