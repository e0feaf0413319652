using System.Diagnostics;
using System.Text.Json;
using HxOps.Codecs;
using HxOps.Deployments;
using HxOps.Integration.Tests.Docs;
using HxOps.Services.Installing;
using HxOps.TestKit;
using HxOps.Tools;
using Xunit;

namespace HxOps.Integration.Tests.Systemd;

/// <summary>
/// The HX API gateway's wrapper on a machine with a real systemd, at its real paths and on its real port, described by the deployment file
/// that ships. Its two programs, uvicorn and litellm, are scripts that hand over to the dummy tool; what litellm does stands in the
/// configuration file it is given. hxops runs on the machine itself.
/// </summary>
internal sealed class WrapperHost(SystemdMachine machine)
{
    public const string Unit = "hx-gateway-ml.service";
    public const string Top = "/opt/HX-Infrastructure-/api-gateway"; // The hyphen is part of the name.
    public const string Venv = Top + "/gateway/venv/bin";
    public const string Config = Top + "/config/api-gateway/config.yaml";
    public const string DropIn = "/etc/systemd/system/" + Unit + ".d/override.conf";
    public const string EnvironmentFile = "/etc/hx-gateway-ml.env";
    public const string DocumentedKey = "sk-hx-dev-default";
    public const string Pipeline = Venv + "/uvicorn hx_gateway.main:app --host 0.0.0.0 --port 4010";
    public const string Documented = Venv + "/litellm --config /path/to/your/config.yaml --port 4010";
    private const string Module = "/opt/hxops-module";
    private const string Programs = "/opt/hxops-test";
    private const string Healthy = "guard MASTER_KEY serve 4010 200";
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    public static string Litellm(string config) => $"{Venv}/litellm --config {config} --port 4010";

    /// <summary>Makes the machine a gateway host, once.</summary>
    public async Task LayAsync()
    {
        if (Directory.Exists(machine.Root.Locate(Programs)))
            return;

        Copy(AppContext.BaseDirectory, machine.Root.Locate(Programs));
        await RunAsync("groupadd --system hx-gateway && useradd --system --no-create-home --shell /bin/false --gid hx-gateway hx-gateway");
        Script(Venv + "/uvicorn", $"{Programs}/HxOps.DummyTool serve $5 200"); // its own --port
        Script(Venv + "/litellm", $"{Programs}/HxOps.DummyTool say \"litellm $*\" $(cat \"$2\" | sed \"s/[$]4/$4/\")");
        machine.WriteFile(Config, Healthy);
        machine.WriteFile(Top + "/gateway/src/main.py", "");
        machine.WriteFile(Top + "/scripts/tests/gateway/run.sh", "#!/bin/sh\n");
        machine.WriteFile(Top + "/scripts/service/api-gateway/start.sh", "#!/bin/sh\n");
        machine.WriteUnit("hx-litellm-gateway.service", "[Service]\nExecStart=/bin/sleep 600\n");
        WriteEnvironment(DocumentedKey);
    }

    /// <summary>Ends whatever an earlier test left, and has the pipeline run from the unit file that ships.</summary>
    public async Task ResetAsync()
    {
        await LayAsync();
        machine.WriteFile(Config, Healthy);
        WriteEnvironment(DocumentedKey);
        await RunAsync($"systemctl stop holder 2>/dev/null; systemctl kill --signal=KILL {Unit} 2>/dev/null; systemctl stop {Unit} 2>/dev/null; "
            + $"rm -rf /etc/systemd/system/{Unit}.d {Top}/gateway/backups {Top}/.git {Top}/scripts/setup; true");
        await UsePipelineAsync();
    }

    /// <summary>Takes the drop-in away, as if it had never been set.</summary>
    public Task ResetDropInAsync() => RunAsync($"rm -f {DropIn}; systemctl daemon-reload");

    /// <summary>Writes the unit with this command, as its file says it.</summary>
    public void WriteUnit(string command)
    {
        var yaml = Path.Combine(AppContext.BaseDirectory, "deployments", "hx-api-gateway.yaml");
        var service = new DeploymentReader(CodecFactory.Create().Yaml, _ => null).Read(yaml).Service!;
        machine.WriteUnit(Unit, UnitText.Of(service with { Command = [.. command.Split(' ')] }));
    }

    public async Task UsePipelineAsync()
    {
        WriteUnit(Pipeline);
        await RunAsync($"systemctl daemon-reload; systemctl reset-failed {Unit} 2>/dev/null; systemctl restart {Unit}");
    }

    public void WriteEnvironment(string key) => machine.WriteFile(EnvironmentFile, $"MASTER_KEY={key}\n");

    /// <summary>Commits the unit file of the repository.</summary>
    public Task CommitAsync(string command, string subject)
    {
        machine.WriteFile(Top + "/scripts/setup/" + Unit, $"[Service]\nExecStart={command}\n");
        return RunAsync($"cd {Top} && git init -q 2>/dev/null; git add scripts/setup && git -c user.name=t -c user.email=t@localhost commit -qm '{subject}'");
    }

    /// <summary>Takes a checkpoint in which the unit has this command.</summary>
    public async Task<string> TakeCheckpointAsync(string command)
    {
        WriteUnit(command);
        return Json(await HxopsAsync("checkpoint new --json"), 0).GetProperty("id").GetString()!;
    }

    /// <summary>Runs hxops on the machine.</summary>
    /// <param name="line">Its arguments.</param>
    /// <param name="key">The value of HX_TEST_KEY.</param>
    public Task<ToolResult> HxopsAsync(string line, string key = "") => machine.Runner.RunAsync(
        new ToolCommand("bash", ["-c", $"exec dotnet {Programs}/HxOps.Cli.dll {line}"]) { Deadline = Limit, Environment = new Dictionary<string, string> { ["HX_TEST_KEY"] = key } }, default);

    /// <summary>The process that runs hxops on the machine, as this host sees it.</summary>
    public Process StartHxops(string line) => Process.Start(new ProcessStartInfo("nsenter",
        ["-t", $"{machine.ProcessId}", "-a", "--", "bash", "-c", $"exec dotnet {Programs}/HxOps.Cli.dll {line}"]) { RedirectStandardOutput = true, RedirectStandardError = true })!;

    /// <summary>Lays the module as built from this checkout; false where it or pwsh is missing.</summary>
    public async Task<bool> LayModuleAsync()
    {
        var manifest = Path.Combine(Repository.Top, "HxOps.psd1");
        if (!File.Exists(Path.Combine(Repository.Top, "bin", "HxOps.dll")) || (await RunAsync("command -v pwsh || true")).Length == 0)
            return false;

        Copy(Path.Combine(Repository.Top, "bin"), machine.Root.Locate(Module + "/bin"));
        File.Copy(manifest, machine.Root.Locate(Module + "/HxOps.psd1"), overwrite: true);
        return true;
    }

    /// <summary>Runs a script on the machine with the module imported.</summary>
    public async Task<string> PwshAsync(string script)
    {
        var text = $"$ErrorActionPreference = 'Stop'; $WarningPreference = 'SilentlyContinue'; Import-Module {Module}/HxOps.psd1\n{script}";
        return (await machine.Runner.RunCheckedAsync(new ToolCommand("pwsh", ["-NoProfile", "-NonInteractive", "-Command", text]) { Deadline = Limit }, default)).Output;
    }

    /// <summary>Runs a line of bash on the machine; it must succeed.</summary>
    public async Task<string> RunAsync(string line) =>
        (await machine.Runner.RunCheckedAsync(new ToolCommand("bash", ["-c", line]) { Deadline = Limit }, default)).Output;

    public string? ReadDropIn() => File.Exists(machine.Root.Locate(DropIn)) ? File.ReadAllText(machine.Root.Locate(DropIn)) : null;

    /// <summary>Whether a change is unproven.</summary>
    public bool IsInterrupted => File.Exists(machine.Root.Locate(Top + "/gateway/backups/.hxops/entry-point.json"));

    /// <summary>The command line of the unit's main process.</summary>
    public async Task<string> RunningAsync() =>
        await RunAsync($"tr '\\0' ' ' < /proc/$(systemctl show --value --property=MainPID {Unit})/cmdline 2>/dev/null || true");

    public async Task<string> ActivityAsync() => (await RunAsync($"systemctl is-active {Unit} || true")).Trim();

    /// <summary>What hxops printed, after it ended with this code.</summary>
    public static JsonElement Json(ToolResult result, int exitCode)
    {
        Assert.True(result.ExitCode == exitCode, $"exit code {result.ExitCode}, not {exitCode}: {result.Output}{result.Error}");
        return JsonDocument.Parse(result.Output).RootElement;
    }

    private void Script(string path, string command)
    {
        machine.WriteFile(path, $"#!/bin/sh\n{command} &\nwait $!\n");
        File.SetUnixFileMode(machine.Root.Locate(path), (UnixFileMode)0x1ED);
    }

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories).Where(file => !file.EndsWith(".pdb", StringComparison.Ordinal)))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target, overwrite: true);
        }
    }
}
