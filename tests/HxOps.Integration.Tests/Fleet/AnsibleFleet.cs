using HxOps.Integration.Tests.Docs;
using HxOps.TestKit;
using HxOps.Tools;
using Xunit;

namespace HxOps.Integration.Tests.Fleet;

/// <summary>A fleet whose control machine has the collection, built and installed as its readers are told to.</summary>
public sealed class AnsibleFleet : IAsyncLifetime
{
    private const string Folder = "/opt/ansible";
    private readonly SystemdFleet _fleet = new();

    /// <summary>Why there is none; null when it runs.</summary>
    public string? Absence { get; private set; }

    public async Task InitializeAsync()
    {
        var path = Environment.GetEnvironmentVariable("PATH") ?? "";
        Absence = path.Split(':').Any(folder => File.Exists(Path.Combine(folder, "ansible-playbook"))) ? null : "needs ansible-core on this host";
        if (Absence is not null)
            return;

        await _fleet.InitializeAsync();
        Absence = _fleet.Absence;
        if (Absence is not null)
            return;

        await _fleet.InstallAsync(Repository.Top);
        _fleet.Lay(SystemdFleet.Control, Path.Combine(Repository.Top, "src/ansible"), Folder + "/src");
        await ShellAsync(SystemdFleet.Control, $"""
            cd {Folder}
            ansible-galaxy collection build src
            ansible-galaxy collection install --offline hx-ops-*.tar.gz -p /usr/share/ansible/collections
            """);
        Write("hosts", "[gateways]\nalpha\nbeta\ngamma\n[gateways:vars]\nansible_python_interpreter=/usr/bin/python3\n");
    }

    public Task DisposeAsync() => _fleet.DisposeAsync();

    /// <summary>The gateways as new.</summary>
    public async Task ResetAsync()
    {
        Skip.If(Absence is not null, Absence);
        await Task.WhenAll(SystemdFleet.Hosts.Select(host => ShellAsync(host, "practice-host")));
    }

    /// <summary>Runs a playbook given as its text.</summary>
    public Task<ToolResult> PlayAsync(string text, params string[] arguments)
    {
        Write("play.yml", text);
        return AnsibleAsync("ansible-playbook", ["-i", "hosts", "play.yml", .. arguments]);
    }

    /// <summary>Runs a program of Ansible on the control machine.</summary>
    public Task<ToolResult> AnsibleAsync(string program, params string[] arguments) =>
        _fleet.RunAsync(SystemdFleet.Control, new ToolCommand("env", ["-C", Folder, program, .. arguments])
        {
            Deadline = TimeSpan.FromMinutes(5),
            Environment = new Dictionary<string, string> { ["ANSIBLE_NOCOLOR"] = "1", ["LC_ALL"] = "C.UTF-8" },
        });

    /// <summary>Runs a script of bash on a machine; what it wrote.</summary>
    public async Task<string> ShellAsync(string machine, string script) =>
        (await _fleet.RunCheckedAsync(machine, "bash", "-c", "set -euo pipefail; " + script)).Output;

    /// <summary>One digest of all that checkpoints manage on a host.</summary>
    public Task<string> DigestAsync(string host) =>
        ShellAsync(host, "cd / && tar --sort=name --mtime=@0 -cf - srv/gateway/config srv/gateway/scripts etc/systemd/system/hx-practice.service | sha256sum");

    /// <summary>Every path of a host's gateway, its checkpoints and HxOps' own state, with times and bytes.</summary>
    public Task<string> TimesAsync(string host) =>
        ShellAsync(host, """find /srv/gateway /etc/hxops /etc/systemd/system/hx-practice.service -printf '%p %m %u %T@ %C@ %s\n' | sort; systemctl show hx-practice.service -p MainPID""");

    /// <summary>Writes a file beside the inventory.</summary>
    public void Write(string name, string text) => File.WriteAllText(_fleet.RootOf(SystemdFleet.Control).Locate($"{Folder}/{name}"), text);
}
