using System.Text.Json;
using HxOps.Reporting;

namespace HxOps.Gateway.Probers;

/// <summary>
/// Asks LiteLLM about every model. That costs a call to each and up to a minute, so the free liveliness page is asked first, and
/// a gateway that does not live is not asked for more.
/// </summary>
internal sealed class DeepHealthProber(DeepHealthProbe probe, GatewayClient client) : IProber
{
    private const string Liveliness = "/health/liveliness";

    public async Task<ProbeAnswer> AskAsync(CancellationToken cancellation)
    {
        var alive = await LivesAsync(cancellation);
        if (alive is not null)
            return alive;

        var reply = await client.GetAsync(probe.Path, cancellation);
        if ((reply.Failure ?? client.JudgeStatus(reply.Status, 200)) is { } failure)
            return failure;

        // The status has said that it works; the numbers are welcome where they can be read.
        return reply.Parse(client, out var json) is null ? JudgeCounts(json) : ProbeAnswer.Healthy("HTTP 200");
    }

    public ProbeAnswer Unanswered(TimeSpan deadline) => client.NoAnswer(deadline);

    private async Task<ProbeAnswer?> LivesAsync(CancellationToken cancellation)
    {
        var limit = TimeSpan.FromTicks(Math.Min(TimeSpan.FromSeconds(5).Ticks, probe.Deadline.Ticks / 2));
        using var soon = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        soon.CancelAfter(limit);
        try
        {
            var reply = await client.GetAsync(Liveliness, soon.Token);
            return reply.Failure ?? (reply.Status == 200
                ? null
                : ProbeAnswer.Inconclusive($"not asked: {Liveliness} answers HTTP {reply.Status}", client.Remedy));
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return ProbeAnswer.Inconclusive($"not asked: {Liveliness} gives no answer", client.Remedy);
        }
    }

    private ProbeAnswer JudgeCounts(JsonElement json)
    {
        var healthy = CountAt(json, "healthy_count");
        var ill = CountAt(json, "unhealthy_count");
        return (healthy, ill) switch
        {
            (_, > 0) => client.Bad(Quantity.Count(ill.Value, "model") + " unhealthy" + (healthy is null ? "" : $", {healthy} healthy")),
            (not null, _) => ProbeAnswer.Healthy(Quantity.Count(healthy.Value, "model") + " healthy"),
            _ => ProbeAnswer.Healthy("HTTP 200"),
        };
    }

    private static int? CountAt(JsonElement json, string name) =>
        json.At(name) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt32(out var count) ? count : null;
}
