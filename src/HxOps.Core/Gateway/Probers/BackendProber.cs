using HxOps.Reporting;

namespace HxOps.Gateway.Probers;

/// <summary>Asks an Ollama server which models it has.</summary>
internal sealed class BackendProber(GatewayClient client) : IProber
{
    public async Task<ProbeAnswer> AskAsync(CancellationToken cancellation)
    {
        var reply = await client.GetAsync("/api/tags", cancellation);
        if (reply.Read(client, out var json) is { } failure)
            return failure;

        return json.ItemsAt("models") switch
        {
            null => client.Bad("no list of models in the answer"),
            { Count: 0 } => ProbeAnswer.Unhealthy("no models", $"Pull the models that the gateway routes to this server. {client.Remedy}"),
            { } models => ProbeAnswer.Healthy(Quantity.Count(models.Count, "model")),
        };
    }

    public ProbeAnswer Unanswered(TimeSpan deadline) => client.NoAnswer(deadline);
}
