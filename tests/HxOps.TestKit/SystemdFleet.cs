using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using HxOps.Files;
using HxOps.Tools;
using HxOps.Tools.Processes;
using Xunit;

namespace HxOps.TestKit;

/// <summary>
/// Three hosts and a machine called control that may log in to them by ssh, each with a systemd of its own, joined by a network that only
/// they see (see systemd-fleet.sh). Each host has a practice gateway (see practice-host.sh). Where it cannot be had,
/// <see cref="Absence"/> says why.
/// </summary>
public sealed class SystemdFleet : IAsyncLifetime
{
    /// <summary>The machine from which the others are taken care of.</summary>
    public const string Control = "control";

    private const string Modules = "/usr/local/share/powershell/Modules/HxOps";
    private readonly ScratchFolder _folder = new();
    private Process? _keeper;

    /// <summary>The names of the hosts.</summary>
    public static ImmutableArray<string> Hosts { get; } = ["alpha", "beta", "gamma"];

    /// <summary>Why there is no fleet, for <c>Skip.If</c>; null when it runs.</summary>
    public string? Absence { get; private set; }

    public async Task InitializeAsync()
    {
        Absence = await SystemdMachine.FindObstacleAsync() ?? (File.Exists("/usr/sbin/sshd") ? null : "needs openssh-server on this host");
        if (Absence is not null)
            return;

        _keeper = Process.Start(new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "systemd-fleet.sh"), [_folder.Path, .. Hosts])
        {
            RedirectStandardInput = true,
        })!;
        await Eventually.HoldsAsync(() => _keeper.HasExited || File.Exists(_folder["ready"]), "the fleet is up");
        if (_keeper.HasExited)
            throw new InvalidOperationException("The fleet did not come up.");

        foreach (var host in Hosts)
        {
            Lay(host, Path.Combine(AppContext.BaseDirectory, "practice-host.sh"), "/usr/local/sbin/practice-host");
            await RunCheckedAsync(host, "practice-host");
        }
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

    /// <summary>Puts HxOps, as it was built in a checkout, where pwsh and the shell of every machine find it.</summary>
    public async Task InstallAsync(string checkout)
    {
        var runtime = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "../../.."));
        foreach (var machine in Hosts.Add(Control))
        {
            foreach (var part in new[] { "HxOps.psd1", "bin", "en-US" })
                Lay(machine, Path.Combine(checkout, part), $"{Modules}/{part}");
            await RunCheckedAsync(machine, "ln", "-sfn", $"{Modules}/bin/hxops", "/usr/local/bin/hxops");
            await RunCheckedAsync(machine, "install", "-d", "/etc/dotnet");
            File.WriteAllText(RootOf(machine).Locate("/etc/dotnet/install_location"), runtime + "\n");
        }
    }

    /// <summary>The file system of a machine, seen from this host.</summary>
    public HostRoot RootOf(string machine) => HostRoot.At($"/proc/{ProcessIdOf(machine)}/root");

    /// <summary>Runs a program on a machine.</summary>
    public Task<ToolResult> RunAsync(string machine, ToolCommand command) =>
        new ProcessRunner(HostEntry.Namespaces(ProcessIdOf(machine))).RunAsync(command, CancellationToken.None);

    /// <summary>Runs a program on a machine and takes any exit code but zero for a failure.</summary>
    public Task<ToolResult> RunCheckedAsync(string machine, string program, params string[] arguments) =>
        new ProcessRunner(HostEntry.Namespaces(ProcessIdOf(machine))).RunCheckedAsync(new ToolCommand(program, arguments), CancellationToken.None);

    /// <summary>Copies a file or folder of this host to a machine.</summary>
    public void Lay(string machine, string source, string path)
    {
        var target = RootOf(machine).Locate(path);
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        if (File.Exists(source))
        {
            File.Copy(source, target, overwrite: true);
            return;
        }

        foreach (var child in Directory.EnumerateFileSystemEntries(source))
            Lay(machine, child, $"{path}/{Path.GetFileName(child)}");
    }

    private int ProcessIdOf(string machine) => int.Parse(File.ReadAllText(_folder[$"{machine}/pid"]), CultureInfo.InvariantCulture);
}
