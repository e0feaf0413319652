using System.Collections.Immutable;
using HxOps.Deployments;
using HxOps.Gateway;
using HxOps.TestKit;
using Xunit;

namespace HxOps.Core.Tests.Gateway;

/// <summary>A deployment whose endpoints are one gateway double, asked by the probes that a test gives.</summary>
public sealed class GateFixture : IDisposable
{
    public const string Key = "sk-planted-9f8e7d6c5b4a";

    public GateFixture() => Sample.Environment["MASTER_KEY"] = Key;

    public GatewayDouble Gateway { get; } = new();

    public SampleDeployment Sample { get; } = new();

    public EventLog Events { get; } = new();

    /// <summary>The ordinary probes of a gateway.</summary>
    public static ImmutableArray<ProbeDefinition> All =>
    [
        Liveliness(), Models(), Embeddings(), Chat(), Stream(), Backend(), Healthz(), Deep(),
    ];

    public static HttpProbe Liveliness(double seconds = 5) => new("litellm", "/health/liveliness", 200, ImmutableSortedDictionary<string, string>.Empty)
    {
        Name = "liveliness", Importance = Importance.Required, Layer = GatewayLayer.Upstream, Deadline = TimeSpan.FromSeconds(seconds),
    };

    public static HttpProbe Healthz() => new("wrapper", "/healthz", 200, ImmutableSortedDictionary<string, string>.Empty.Add("status", "ok"))
    {
        Name = "healthz", Importance = Importance.Required, Layer = GatewayLayer.Wrapper, Deadline = TimeSpan.FromSeconds(5),
    };

    public static ModelsProbe Models(string endpoint = "litellm", GatewayLayer layer = GatewayLayer.Upstream, double seconds = 5) => new(endpoint, 16, ["emb-premium"])
    {
        Name = endpoint == "litellm" ? "models" : endpoint + "-models", Importance = Importance.Required, Layer = layer, Deadline = TimeSpan.FromSeconds(seconds),
    };

    public static EmbeddingsProbe Embeddings() => new("litellm", "emb-premium", 1024)
    {
        Name = "embeddings", Importance = Importance.Required, Layer = GatewayLayer.Upstream, Deadline = TimeSpan.FromSeconds(5),
    };

    public static ChatProbe Chat() => new("litellm", "model-01", "What is two plus two?", 42)
    {
        Name = "chat", Importance = Importance.Required, Layer = GatewayLayer.Upstream, Deadline = TimeSpan.FromSeconds(5),
    };

    public static StreamProbe Stream(double firstToken = 2, double cancel = 2, double seconds = 5) =>
        new("litellm", "model-01", "Count.", TimeSpan.FromSeconds(firstToken), TimeSpan.FromSeconds(cancel))
        {
            Name = "stream", Importance = Importance.Required, Layer = GatewayLayer.Upstream, Deadline = TimeSpan.FromSeconds(seconds),
        };

    public static BackendProbe Backend() => new("llm-01")
    {
        Name = "llm-01", Importance = Importance.Required, Layer = GatewayLayer.Backend, Deadline = TimeSpan.FromSeconds(5),
    };

    public static DeepHealthProbe Deep() => new("litellm", "/health")
    {
        Name = "deep", Importance = Importance.Wanted, Layer = GatewayLayer.Upstream, Deadline = TimeSpan.FromSeconds(60),
    };

    /// <summary>Asks the probes.</summary>
    public Task<GateReport> AskAsync(params ImmutableArray<ProbeDefinition> probes) => AskAsync(GateRequest.Once, probes);

    /// <summary>Asks the probes as the request says.</summary>
    public Task<GateReport> AskAsync(GateRequest request, ImmutableArray<ProbeDefinition> probes, CancellationToken cancellation = default) =>
        new GateRunner(Open(probes)).RunAsync(request, Events, cancellation);

    /// <summary>The deployment with these probes.</summary>
    public DeploymentContext Open(params ImmutableArray<ProbeDefinition> probes)
    {
        Sample.Deployment = Sample.Deployment with
        {
            Probes = probes,
            Endpoints =
            [
                new Endpoint("litellm", Gateway.Url, GatewayLayer.Upstream, "master"),
                new Endpoint("wrapper", Gateway.Url, GatewayLayer.Wrapper, null),
                new Endpoint("llm-01", Gateway.Url, GatewayLayer.Backend, null),
            ],
        };
        return Sample.Context;
    }

    /// <summary>Asks one probe.</summary>
    public async Task<ProbeResult> AskOneAsync(ProbeDefinition probe) => Assert.Single((await AskAsync(probe)).Probes);

    public void Dispose()
    {
        Gateway.Dispose();
        Sample.Dispose();
    }
}
