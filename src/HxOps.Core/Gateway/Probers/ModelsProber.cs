using System.Globalization;
using System.Text.Json;
using HxOps.Reporting;

namespace HxOps.Gateway.Probers;

/// <summary>Asks which models are listed.</summary>
internal sealed class ModelsProber(ModelsProbe probe, GatewayClient client) : IProber
{
    private const int MostNamed = 5;

    public async Task<ProbeAnswer> AskAsync(CancellationToken cancellation)
    {
        var reply = await client.GetAsync("/v1/models", cancellation);
        if (reply.Read(client, out var json) is { } failure)
            return failure;

        return json.ItemsAt("data") is { } models ? Judge(models) : client.Bad("no list of models in the answer");
    }

    public ProbeAnswer Unanswered(TimeSpan deadline) => client.NoAnswer(deadline);

    private ProbeAnswer Judge(IReadOnlyList<JsonElement> models)
    {
        var listed = models.Select(model => model.TextAt("id")).ToHashSet(StringComparer.Ordinal);
        var missing = probe.Names.Where(name => !listed.Contains(name)).ToList();
        var finding = Quantity.Count(models.Count, "model");
        if (probe.Count is { } wanted && wanted != models.Count)
            finding += string.Create(CultureInfo.InvariantCulture, $", not {wanted}");
        else if (missing.Count == 0)
            return ProbeAnswer.Healthy(finding);

        if (missing.Count > 0)
            finding += $"; missing: {string.Join(", ", missing.Take(MostNamed))}{(missing.Count > MostNamed ? $" and {missing.Count - MostNamed} more" : "")}";

        return ProbeAnswer.Unhealthy(finding,
            $"Compare the model list of the gateway's configuration with a checkpoint (hxops checkpoint compare). {client.Remedy}");
    }
}
