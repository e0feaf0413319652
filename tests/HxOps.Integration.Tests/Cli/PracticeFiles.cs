using System.Security.Cryptography;
using HxOps.Files.Locking;
using HxOps.TestKit;

namespace HxOps.Integration.Tests.Cli;

/// <summary>
/// A gateway of a few files below a scratch root, with its deployment file. No unit runs; the gate looks at a smoke log, so a test
/// decides by <see cref="FailSmoke"/> whether it passes. The environment file and an environment variable hold planted secrets.
/// </summary>
public sealed class PracticeFiles : IDisposable
{
    public const string Config = "/srv/gateway/config/config.yaml";
    public const string Script = "/srv/gateway/scripts/tests/run.sh";
    public const string EnvironmentFile = "/etc/practice.env";
    public const string FileSecret = "sk-planted-in-file-4f0b9a43";
    public const string VariableSecret = "sk-planted-in-variable-5b6f6e0c";

    private const int Executable = 0x1ED; // 755
    private const int Plain = 0x1A4; // 644
    private const int Private = 0x1A0; // 640
    private readonly ScratchFolder _folder = new();

    public PracticeFiles()
    {
        Write(Config, "model_list:\n  - model_name: small\n    litellm_params:\n      model: ollama/small\n      api_key: os.environ/OLLAMA_KEY\n", Plain);
        Write(Script, "#!/bin/sh\nexit 0\n", Executable);
        Write("/etc/systemd/system/practice.service", "[Service]\nExecStart=/bin/true\n", Plain);
        Write(EnvironmentFile, $"OLLAMA_KEY={FileSecret}\n", Private);
        Write("/srv/gateway/logs/smoke-1.log", "all probes passed\n", Plain);
        File.WriteAllText(Deployment, DeploymentFile);
    }

    public string Root => _folder["root"];

    public string Deployment => _folder["practice.yaml"];

    public string Backups => Local("/srv/gateway/backups");

    public string StateFolder => Path.Combine(Backups, ".hxops");

    public string Local(string hostPath) => Root + hostPath;

    public void Write(string hostPath, string content, int? mode = null)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Local(hostPath))!);
        File.WriteAllText(Local(hostPath), content);
        if (mode is { } bits)
            File.SetUnixFileMode(Local(hostPath), (UnixFileMode)bits);
    }

    public string Read(string hostPath) => File.ReadAllText(Local(hostPath));

    /// <summary>From here on the gate finds a failure.</summary>
    public void FailSmoke() => Write("/srv/gateway/logs/smoke-1.log", "FAILED: models\n");

    /// <summary>Gives the gate a probe, called health, that asks this port and waits for its answer.</summary>
    public void AddProbe(int port) => File.WriteAllText(
        Deployment,
        DeploymentFile.Replace("127.0.0.1:1\"", $"127.0.0.1:{port}\"", StringComparison.Ordinal)
            + "\n  - { name: health, kind: http, endpoint: upstream, path: /healthz, deadline: 60s }\n");

    /// <summary>Runs hxops on this deployment.</summary>
    internal Task<HxopsRun> RunAsync(params string[] arguments) =>
        HxopsProcess.RunAsync(new Dictionary<string, string?> { ["PRACTICE_KEY"] = VariableSecret }, [.. Globals, .. arguments]);

    /// <summary>The options that choose this deployment.</summary>
    internal string[] Globals => ["--deployment", Deployment, "--root", Root];

    /// <summary>Takes a checkpoint and gives its id.</summary>
    internal async Task<string> CheckpointAsync()
    {
        var run = await RunAsync("checkpoint", "new", "--json");
        Xunit.Assert.True(run.ExitCode == 0, run.All);
        using var document = System.Text.Json.JsonDocument.Parse(run.Output);
        return document.RootElement.GetProperty("id").GetString()!;
    }

    /// <summary>Takes the deployment's lock as another writer would.</summary>
    public DeploymentLease Lock() => DeploymentLock.Acquire(StateFolder, "a test");

    /// <summary>Every path below the root with its mode, time and content, one a line.</summary>
    public IReadOnlyList<string> State() =>
    [
        .. from path in Directory.EnumerateFileSystemEntries(Root, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 })
           orderby path
           let content = File.Exists(path) ? Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(path))) : ""
           select $"{path} {File.GetUnixFileMode(path)} {File.GetLastWriteTimeUtc(path).Ticks} {content}",
    ];

    public void Dispose() => _folder.Dispose();

    private const string DeploymentFile = """
        hxops: 1
        name: practice
        description: Files to practise on
        root: /srv/gateway
        backups: { folder: backups, checkpointPrefix: gw-checkpoint-, safetyPrefix: pre-restore-, keep: 5 }
        components:
          - name: config
            archive: config
            sources: [{ path: config/config.yaml, presence: required }]
          - name: tests
            archive: scripts/tests/gateway
            sources: [{ path: scripts/tests, presence: required }]
          - name: systemd
            archive: systemd
            sources: [{ path: /etc/systemd/system/practice.service }]
          - name: environment
            archive: env
            sources: [{ path: /etc/practice.env, secret: true }]
        configuration: { liteLlm: config/config.yaml, environmentFile: /etc/practice.env }
        units: []
        secrets: [{ name: key, variable: PRACTICE_KEY, default: sk-practice-default }]
        endpoints:
          - { name: upstream, url: "http://127.0.0.1:1", layer: upstream, secret: key }
        probes:
          - { name: smoke-log, kind: log, pattern: "logs/smoke-*.log", failurePattern: FAILED }
        """;
}
