using System.Globalization;
using System.Text.Json;
using HxOps.Reporting;

namespace HxOps.Gateway.Probers;

/// <summary>Asks for an embedding and judges its size.</summary>
internal sealed class EmbeddingsProber(EmbeddingsProbe probe, GatewayClient client) : IProber
{
    public async Task<ProbeAnswer> AskAsync(CancellationToken cancellation)
    {
        var reply = await client.PostAsync("/v1/embeddings", RequestBody.Embeddings(probe.Model), cancellation);
        if (reply.Read(client, out var json) is { } failure)
            return failure;

        if (json.ItemsAt("data.0.embedding") is not { } vector || vector.Any(value => value.ValueKind != JsonValueKind.Number))
            return client.Bad("no embedding in the answer");

        var finding = Quantity.Count(vector.Count, "dimension");
        return vector.Count == probe.Dimensions
            ? ProbeAnswer.Healthy(finding)
            : ProbeAnswer.Unhealthy(
                string.Create(CultureInfo.InvariantCulture, $"{finding}, not {probe.Dimensions}"),
                $"See which model the configuration gives for {probe.Model}. {client.Remedy}");
    }

    public ProbeAnswer Unanswered(TimeSpan deadline) => client.NoAnswer(deadline);
}
