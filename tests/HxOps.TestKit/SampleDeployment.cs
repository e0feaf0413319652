using System.Collections.Immutable;
using HxOps.Codecs;
using HxOps.Deployments;
using HxOps.Files;
using HxOps.Files.Locking;
using HxOps.Gateway;
using HxOps.Services;

namespace HxOps.TestKit;

/// <summary>
/// A small gateway as the kit knows it, laid below a scratch root: configuration, units with a drop-in and an enablement link,
/// tests, service scripts, five smoke logs and a Python environment. No owner policies, so any user can work with it.
/// </summary>
public sealed class SampleDeployment : IDisposable
{
    public const string Base = "/opt/gw";
    public const string Config = Base + "/config/api-gateway/config.yaml";
    public const string ProxySettings = Base + "/config/api-gateway/proxy_settings.yaml";
    public const string Tests = Base + "/scripts/tests/gateway";
    public const string Scripts = Base + "/scripts/service/api-gateway";
    public const string Logs = Base + "/logs";
    public const string Backups = Base + "/gateway/backups";
    public const string Venv = Base + "/venv";
    public const string Units = "/etc/systemd/system";
    public const string Unit = Units + "/hx-litellm-gateway.service";
    public const string EnvironmentFile = "/etc/hx-gateway-ml.env";

    private readonly ScratchFolder _folder = new();

    public SampleDeployment()
    {
        Root = HostRoot.At(_folder["root"]);
        Deployment = Describe();
        Lay();
    }

    /// <summary>The scratch root.</summary>
    public HostRoot Root { get; }

    /// <summary>What the gateway is; a test may set a changed one before it asks for <see cref="Context"/>.</summary>
    public Deployment Deployment { get; set; }

    /// <summary>A clock at the second of the document's own example.</summary>
    public ManualClock Clock { get; } = new(new DateTimeOffset(2025, 8, 18, 17, 50, 13, TimeSpan.Zero));

    /// <summary>What runs the units; a test may set another.</summary>
    public IServiceControl Services { get; set; } = new NoServices();

    /// <summary>What starts hxops; a test about guards sets it.</summary>
    public ImmutableArray<string> HxopsCommand { get; set; } = [];

    /// <summary>The environment from which secrets come.</summary>
    public Dictionary<string, string> Environment { get; } = [];

    /// <summary>The deployment opened, as every agent of Core takes it.</summary>
    public DeploymentContext Context =>
        new(Deployment, Root, Services, new SecretSource(Deployment, Environment.GetValueOrDefault), CodecFactory.Create(), Clock) { HxopsCommand = HxopsCommand };

    /// <summary>The backup folder on this machine.</summary>
    public string BackupFolder => Local(Backups);

    /// <summary>A folder outside the root, removed with it.</summary>
    public string Outside => Directory.CreateDirectory(_folder["outside"]).FullName;

    /// <summary>Takes the deployment's lock.</summary>
    public DeploymentLease Lock() => DeploymentLock.Acquire(Local(Backups + "/.hxops"), "a test");

    /// <summary>The path on this machine.</summary>
    public string Local(string hostPath) => Root.Locate(hostPath);

    /// <summary>Writes a file and the folders above it.</summary>
    public void Write(string hostPath, string content, int mode = 0x1A4)
    {
        var local = Local(hostPath);
        Directory.CreateDirectory(Path.GetDirectoryName(local)!);
        File.WriteAllText(local, content);
        File.SetUnixFileMode(local, (UnixFileMode)mode);
    }

    /// <summary>Reads a file.</summary>
    public string Read(string hostPath) => File.ReadAllText(Local(hostPath));

    public void Dispose() => _folder.Dispose();

    private void Lay()
    {
        const int script = 0x1ED; // 755
        Write(Config, "model_list:\n  - model_name: emb-premium\n    litellm_params:\n      model: ollama/mxbai\n      api_key: os.environ/OLLAMA_KEY\n");
        Write(Unit, $"[Unit]\nDescription=LiteLLM\n\n[Service]\nExecStart={Venv}/bin/litellm --config {Config}\n\n[Install]\nWantedBy=multi-user.target\n");
        Write(Units + "/hx-gateway-smoke.service", "[Service]\nType=oneshot\nExecStart=/bin/true\n");
        Write(Units + "/hx-gateway-smoke.timer", "[Timer]\nOnCalendar=daily\n");
        Write(Units + "/hx-gateway-ml.service", "[Service]\nExecStart=/bin/true\n");
        Write(Units + "/hx-gateway-ml.service.d/override.conf", "[Service]\nRestart=always\n");
        Directory.CreateDirectory(Local(Units + "/multi-user.target.wants"));
        File.CreateSymbolicLink(Local(Units + "/multi-user.target.wants/hx-litellm-gateway.service"), Unit);
        Write(EnvironmentFile, "OLLAMA_KEY=planted-secret-0123456789\n", 0x1A0);
        Write(Tests + "/run_all.sh", "#!/bin/sh\necho orchestration\n", script);
        Write(Tests + "/config/test.env", "BASE=http://127.0.0.1:4000\n");
        Write(Tests + "/core/test_models.sh", "#!/bin/sh\nexit 0\n", script);
        Write(Scripts + "/start.sh", "#!/bin/sh\nexit 0\n", script);
        Write(Scripts + "/stop.sh", "#!/bin/sh\nexit 0\n", script);
        for (var day = 1; day <= 5; day++)
        {
            var log = $"{Logs}/gw-smoke-2025081{day}.log";
            Write(log, $"smoke of day {day}: PASS\n");
            File.SetLastWriteTimeUtc(Local(log), new DateTime(2025, 8, 10 + day, 6, 0, 0, DateTimeKind.Utc));
        }

        LayPackage("litellm", "1.75.8");
        LayPackage("PyYAML", "6.0.2");
    }

    private void LayPackage(string name, string version) => Write(
        $"{Venv}/lib/python3.12/site-packages/{name}-{version}.dist-info/METADATA",
        $"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\nSummary: sample\n\nVersion: not this one\n");

    private static Deployment Describe() => new()
    {
        Name = "sample",
        Root = Base,
        Backups = new BackupPolicy(Backups, "gw-checkpoint-", "pre-restore-", 5),
        Components =
        [
            new Component("config", "config", ComponentRole.State,
            [
                new FileSource(Config, Presence.Required),
                new FileSource(ProxySettings, Presence.Optional),
            ]),
            new Component("systemd", "systemd", ComponentRole.State,
            [
                new FileSource(Units + "/hx-*gateway*", Presence.Required),
                new FileSource(Units + "/*.wants/hx-*gateway*", Presence.Optional),
            ]),
            new Component("tests", "scripts/tests/gateway", ComponentRole.State, [new FileSource(Tests, Presence.Required)]),
            new Component("service-scripts", "scripts/service/api-gateway", ComponentRole.State, [new FileSource(Scripts, Presence.Required)]),
            new Component("environment", "environment", ComponentRole.State, [new FileSource(EnvironmentFile, Presence.Optional) { IsSecret = true }]),
            new Component("logs", "logs", ComponentRole.Evidence, [new FileSource(Logs + "/gw-smoke-*.log", Presence.Optional) { Newest = 3 }]),
        ],
        Units = [new ManagedUnit("hx-litellm-gateway.service", StartRule.Always)],
        Endpoints = [new Endpoint("litellm", new Uri("http://127.0.0.1:9"), GatewayLayer.Upstream, "master")],
        Secrets = [new Secret("master", "MASTER_KEY", "sk-sample-default")],
        Python = new PythonEnvironment(Venv, "litellm"),
        Configuration = new ConfigurationFiles(Config, null, null, EnvironmentFile),
        Probes = [],
        Source = "/etc/hxops/sample.yaml",
    };
}
