namespace HxOps.Gateway.Probers;

/// <summary>Asks a chat twice with nothing left to chance, and wants the same answer twice.</summary>
internal sealed class ChatProber(ChatProbe probe, GatewayClient client) : IProber
{
    public async Task<ProbeAnswer> AskAsync(CancellationToken cancellation)
    {
        var (first, failure) = await ChatAsync(cancellation);
        if (failure is not null)
            return failure;

        (var second, failure) = await ChatAsync(cancellation);
        if (failure is not null)
            return failure with { Finding = "the second time: " + failure.Finding };

        return first == second
            ? ProbeAnswer.Healthy("deterministic")
            : ProbeAnswer.Unhealthy("the same request gave two different answers",
                $"See whether {probe.Model} honours seed and temperature, or is served by two different models. {client.Remedy}");
    }

    public ProbeAnswer Unanswered(TimeSpan deadline) => client.NoAnswer(deadline);

    private async Task<(string? Content, ProbeAnswer? Failure)> ChatAsync(CancellationToken cancellation)
    {
        var reply = await client.PostAsync("/v1/chat/completions", RequestBody.Chat(probe.Model, probe.Prompt, probe.Seed), cancellation);
        if (reply.Read(client, out var json) is { } failure)
            return (null, failure);

        var content = json.TextAt("choices.0.message.content");
        return string.IsNullOrWhiteSpace(content) ? (null, client.Bad("an answer without content")) : (content, null);
    }
}
