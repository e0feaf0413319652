using HxOps.Codecs;
using HxOps.Deployments;
using HxOps.Files;
using HxOps.Services;

namespace HxOps.Benchmarks;

/// <summary>A generated deployment below a scratch root: files as a gateway has them, of text that shrinks to about a third.</summary>
internal sealed class BenchmarkGround : IDisposable
{
    internal const string Data = "/opt/gw/scripts";
    internal const string Backups = "/opt/gw/backups";

    private static readonly string[] Words =
        ["model", "gateway", "token", "route", "upstream", "latency", "embedding", "completion", "timeout", "retry", "port", "endpoint", "registry", "weight", "key", "status"];

    internal BenchmarkGround(BenchmarkOptions options)
    {
        Options = options;
        Folder = Directory.CreateDirectory(Path.Combine(options.Folder ?? Path.GetTempPath(), $"hxops-benchmark-{Environment.ProcessId}")).FullName;
        Root = HostRoot.At(Path.Combine(Folder, "root"));
        Directory.CreateDirectory(Root.Locate(Backups));
        Generate();
        Context = Open(Backups);
    }

    internal BenchmarkOptions Options { get; }

    /// <summary>Everything lies here, and goes with it.</summary>
    internal string Folder { get; }

    internal HostRoot Root { get; }

    internal DeploymentContext Context { get; }

    /// <summary>The deployment with another backup folder.</summary>
    internal DeploymentContext Open(string backups)
    {
        var deployment = new Deployment
        {
            Name = "benchmark",
            Root = "/opt/gw",
            Backups = new BackupPolicy(backups, "gw-checkpoint-", "pre-restore-", 5),
            Components = [new Component("scripts", "scripts", ComponentRole.State, [new FileSource(Data, Presence.Required)])],
            Units = [],
            Endpoints = [],
            Secrets = [],
            Configuration = new ConfigurationFiles(null, null, null, null),
            Probes = [],
            Source = "/benchmark.yaml",
        };
        return new DeploymentContext(deployment, Root, new NoUnits(), new SecretSource(deployment, _ => null), CodecFactory.Create(), TimeProvider.System);
    }

    /// <summary>Writes the deployment as the file that hxops reads.</summary>
    internal static void Describe(string path) => File.WriteAllText(path,
        $$"""
        hxops: 1
        name: benchmark
        root: /opt/gw
        backups: { folder: {{Backups}}, checkpointPrefix: gw-checkpoint-, safetyPrefix: pre-restore-, keep: 5 }
        components:
          - name: scripts
            archive: scripts
            sources:
              - path: {{Data}}
                presence: required

        """);

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private void Generate()
    {
        var random = new Random(42);
        var size = (int)((long)Options.Megabytes * 1_000_000 / Options.Files);
        var content = new byte[size];
        for (var number = 0; number < Options.Files; number++)
        {
            Fill(content, random);
            var folder = Directory.CreateDirectory(Path.Combine(Root.Locate(Data), $"d{number / 100}")).FullName;
            File.WriteAllBytes(Path.Combine(folder, $"f{number}.txt"), content);
        }
    }

    private static void Fill(Span<byte> content, Random random)
    {
        while (!content.IsEmpty)
        {
            var text = System.Text.Encoding.ASCII.GetBytes($"{Words[random.Next(Words.Length)]}: {Words[random.Next(Words.Length)]}-{random.Next(100_000)}\n").AsSpan();
            text = text[..Math.Min(text.Length, content.Length)];
            text.CopyTo(content);
            content = content[text.Length..];
        }
    }

    private sealed class NoUnits : IServiceControl
    {
        public string Name => "none";

        public Task<UnitStatus> GetAsync(string unit, CancellationToken cancellation) =>
            Task.FromResult(new UnitStatus { Id = unit, Activity = UnitActivity.Absent });

        public Task<UnitStatus> StartAsync(string unit, TimeSpan limit, CancellationToken cancellation) => GetAsync(unit, cancellation);

        public Task<UnitStatus> StopAsync(string unit, TimeSpan limit, CancellationToken cancellation) => GetAsync(unit, cancellation);

        public Task ReloadDefinitionsAsync(CancellationToken cancellation) => Task.CompletedTask;

        public Task<System.Collections.Immutable.ImmutableArray<LogLine>> ReadLogAsync(string unit, DateTimeOffset sinceUtc, int mostLines, CancellationToken cancellation) =>
            Task.FromResult(System.Collections.Immutable.ImmutableArray<LogLine>.Empty);

        public IAsyncEnumerable<LogLine> FollowLogAsync(string unit, DateTimeOffset sinceUtc, CancellationToken cancellation) =>
            AsyncEnumerable.Empty<LogLine>();
    }
}
