using System.Diagnostics;
using System.Globalization;
using HxOps.Files;
using HxOps.Tools;
using HxOps.Tools.Processes;
using Xunit;

namespace HxOps.TestKit;

/// <summary>
/// A real systemd of its own, booted in about a second from this host's programs without installing or changing anything (see
/// systemd-machine.sh). It is driven from outside, through its namespaces. Where it cannot be had, <see cref="Absence"/> says why.
/// </summary>
public sealed class SystemdMachine : IAsyncLifetime
{
    private const string UnitFolder = "/etc/systemd/system";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly ScratchFolder _folder = new();
    private Process? _keeper;

    /// <summary>Why there is no machine, for <c>Skip.If</c>; null when it runs.</summary>
    public string? Absence { get; private set; }

    /// <summary>The process id of its systemd as this host sees it.</summary>
    public int ProcessId { get; private set; }

    /// <summary>Runs programs on it.</summary>
    public ProcessRunner Runner { get; private set; } = new();

    /// <summary>Its file system, seen from this host.</summary>
    public HostRoot Root => HostRoot.At($"/proc/{ProcessId}/root");

    public async Task InitializeAsync()
    {
        Absence = await FindObstacleAsync();
        if (Absence is not null)
        {
            return;
        }

        _keeper = Process.Start(new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "systemd-machine.sh"), [_folder.Path])
        {
            RedirectStandardInput = true,
        })!;
        var mark = _folder["pid"];
        await Eventually.HoldsAsync(() => _keeper.HasExited || (File.Exists(mark) && File.ReadAllText(mark).EndsWith('\n')), "the machine has a systemd");
        ProcessId = int.Parse(await File.ReadAllTextAsync(mark), CultureInfo.InvariantCulture);
        Runner = new ProcessRunner(HostEntry.Namespaces(ProcessId));
        await BootedAsync();
    }

    public async Task DisposeAsync()
    {
        if (_keeper is not null)
        {
            _keeper.StandardInput.Close();
            await _keeper.WaitForExitAsync();
            _keeper.Dispose();
        }

        _folder.Dispose();
    }

    /// <summary>Writes a unit file or drop-in, without telling systemd.</summary>
    /// <param name="name">Path below /etc/systemd/system.</param>
    /// <param name="text">The whole text.</param>
    public void WriteUnit(string name, string text) => WriteFile($"{UnitFolder}/{name}", text);

    /// <summary>Writes a file on the machine.</summary>
    public void WriteFile(string path, string text)
    {
        var local = Root.Locate(path);
        Directory.CreateDirectory(Path.GetDirectoryName(local)!);
        File.WriteAllText(local, text);
    }

    /// <summary>Why a machine cannot be had here; null when it can.</summary>
    internal static async Task<string?> FindObstacleAsync()
    {
        if (!Environment.IsPrivilegedProcess)
        {
            return "needs root";
        }

        if (!File.Exists("/lib/systemd/systemd"))
        {
            return "needs systemd's programs on this host";
        }

        if (!File.ReadAllText("/proc/mounts").Contains(" cgroup2 ", StringComparison.Ordinal))
        {
            return "needs a cgroup2 hierarchy";
        }

        var trial = new ToolCommand("unshare", ["--fork", "--pid", "--mount", "--uts", "--ipc", "--net", "--cgroup", "true"]);
        return (await new ProcessRunner().RunAsync(trial, CancellationToken.None)).Succeeded ? null : "needs the right to make namespaces";
    }

    private async Task BootedAsync()
    {
        var state = "";
        for (var watch = Stopwatch.StartNew(); watch.Elapsed < Patience;)
        {
            var result = await Runner.RunAsync(new ToolCommand("systemctl", ["is-system-running"]), CancellationToken.None);
            state = result.Output.Trim();
            if (state is "running" or "degraded")
            {
                return;
            }

            await Task.Delay(20);
        }

        throw new TimeoutException($"The machine's systemd did not come up: {state}.");
    }
}
