using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using HxOps.Tools;
using HxOps.Tools.Processes;
using Xunit;

namespace HxOps.TestKit;

/// <summary>
/// A real container engine with compose, of its own (see docker-machine.sh). Its images are made here: an empty root whose /usr is this
/// host's, read-only, so that no registry and no network is needed. Published ports lie in the engine's network, where
/// <see cref="Inside"/> puts a program. Where it cannot be had, <see cref="Absence"/> says why.
/// </summary>
public sealed class DockerMachine : IAsyncLifetime
{
    /// <summary>Names the folder that the engine's packages are unpacked in, when they are not installed.</summary>
    public const string ToolsVariable = "HXOPS_TEST_ENGINE";

    private static readonly string[] s_programs = ["dockerd", "containerd", "runc", "docker", "iptables"];

    private readonly ScratchFolder _folder = new();
    private readonly ProcessRunner _runner = new();
    private Process? _keeper;

    /// <summary>Why there is no engine, for <c>Skip.If</c>; null when it runs.</summary>
    public string? Absence { get; private set; }

    /// <summary>The process id of the engine as this host sees it.</summary>
    public int ProcessId { get; private set; }

    /// <summary>The environment of a program that uses the engine.</summary>
    public Dictionary<string, string> Environment { get; } = [];

    /// <summary>Volumes that a service of a test needs, as entries of a compose file: the host's programs and those of the tests.</summary>
    public static string Programs => string.Join(", ", new[] { "/usr", AppContext.BaseDirectory.TrimEnd('/'), DotnetFolder }
        .Where((folder, index) => index < 2 || !folder.StartsWith("/usr/", StringComparison.Ordinal)).Select(folder => $"'{folder}:{folder}:ro'"));

    private static string DotnetFolder => Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));

    private static string Tools => System.Environment.GetEnvironmentVariable(ToolsVariable) ?? "";

    public async Task InitializeAsync()
    {
        SetEnvironment();
        Absence = await FindObstacleAsync();
        if (Absence is not null)
        {
            return;
        }

        _keeper = Process.Start(new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "docker-machine.sh"), [_folder.Path, Tools]) { RedirectStandardInput = true })!;
        await Eventually.HoldsAsync(() => _keeper.HasExited || (File.Exists(_folder["docker.sock"]) && DockerAsync("version").GetAwaiter().GetResult().Succeeded), "the engine answers");
        ProcessId = int.Parse(await File.ReadAllTextAsync(_folder["pid"]), CultureInfo.InvariantCulture);
        Bash.Run(_folder.Path, "mkdir -p image/{usr,etc,tmp,run,var,proc,sys,dev} && cd image && ln -s usr/bin bin && ln -s usr/sbin sbin && ln -s usr/lib lib && ln -s usr/lib64 lib64 && chmod 1777 tmp && printf 'root:x:0:0::/:/bin/sh\\nnobody:x:65534:65534::/:/bin/sh\\n' > etc/passwd && printf 'root:x:0:\\nnogroup:x:65534:\\n' > etc/group && cd .. && tar -C image -c . > image.tar");
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

    /// <summary>Makes an image that differs from others by a variable of its environment.</summary>
    public async Task MakeImageAsync(string reference, string variable = "HXOPS_TEST=1") =>
        await _runner.RunCheckedAsync(Command("docker", ["import", "--change", $"ENV {variable}", _folder["image.tar"], reference]), CancellationToken.None);

    /// <summary>Runs docker; any exit code is a result.</summary>
    public Task<ToolResult> DockerAsync(params string[] arguments) => _runner.RunAsync(Command("docker", arguments), CancellationToken.None);

    /// <summary>The command that runs a program in the engine's network.</summary>
    public string[] Inside(params string[] command) => ["nsenter", "--target", ProcessId.ToString(CultureInfo.InvariantCulture), "--net", "--", .. command];

    /// <summary>The body that an address of the engine's network answers with, or null when it does not.</summary>
    public async Task<string?> GetAsync(string url)
    {
        var words = Inside(DummyTool.Program, "get", url);
        var result = await _runner.RunAsync(Command(words[0], words[1..]), CancellationToken.None);
        return result.Succeeded ? result.Output : null;
    }

    private ToolCommand Command(string program, string[] arguments) => new(program, arguments) { Environment = Environment, Deadline = TimeSpan.FromMinutes(1) };

    private void SetEnvironment()
    {
        Environment["DOCKER_HOST"] = $"unix://{_folder["docker.sock"]}";
        if (Tools.Length > 0)
        {
            Environment["PATH"] = $"{Tools}/usr/bin:{System.Environment.GetEnvironmentVariable("PATH")}";
            Environment["DOCKER_CONFIG"] = _folder["config"];
            Directory.CreateDirectory(_folder["config"]);
            File.CreateSymbolicLink(_folder["config/cli-plugins"], $"{Tools}/usr/libexec/docker/cli-plugins");
        }
    }

    private async Task<string?> FindObstacleAsync()
    {
        if (!System.Environment.IsPrivilegedProcess)
        {
            return "needs root";
        }

        string[] folders = Tools.Length > 0 ? [$"{Tools}/usr/bin", $"{Tools}/usr/sbin", $"{Tools}/sbin"] : (System.Environment.GetEnvironmentVariable("PATH") ?? "").Split(':');
        if (s_programs.FirstOrDefault(program => !folders.Any(folder => File.Exists(Path.Combine(folder, program)))) is { } missing)
        {
            return $"needs a container engine: there is no {missing} on the PATH, and {ToolsVariable} names no folder with one";
        }

        if (!(await _runner.RunAsync(Command("docker", ["compose", "version"]), CancellationToken.None)).Succeeded)
        {
            return "needs docker compose";
        }

        return (await _runner.RunAsync(new ToolCommand("unshare", ["--fork", "--pid", "--mount-proc", "--net", "true"]), CancellationToken.None)).Succeeded ? null : "needs the right to make namespaces";
    }
}
