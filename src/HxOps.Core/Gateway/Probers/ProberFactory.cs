using System.Diagnostics;

namespace HxOps.Gateway.Probers;

/// <summary>Gives each probe its prober.</summary>
internal sealed class ProberFactory(DeploymentContext context, GatewayConnector connector)
{
    internal IProber Create(ProbeDefinition probe) => probe switch
    {
        UnitProbe unit => new UnitProber(unit, context.Services),
        PortProbe port => new PortProber(port, Unit(probe)),
        HttpProbe http => new HttpProber(http, Client(http.Endpoint), context.Secrets.CreateRedactor()),
        DeepHealthProbe deep => new DeepHealthProber(deep, Client(deep.Endpoint)),
        ModelsProbe models => new ModelsProber(models, Client(models.Endpoint)),
        EmbeddingsProbe embeddings => new EmbeddingsProber(embeddings, Client(embeddings.Endpoint)),
        ChatProbe chat => new ChatProber(chat, Client(chat.Endpoint)),
        StreamProbe stream => new StreamProber(stream, Client(stream.Endpoint), context.Clock),
        BackendProbe backend => new BackendProber(Client(backend.Endpoint)),
        LogProbe log => new LogProber(log, context),
        _ => throw new UnreachableException(probe.GetType().Name),
    };

    private GatewayClient Client(string endpoint) => new(connector, context, context.Deployment.Endpoint(endpoint));

    private UnitHint Unit(ProbeDefinition probe) => UnitHint.For(context, probe.Layer);
}
