using System.Text.Json;

namespace HxOps.Gateway.Probers;

/// <summary>Asks for a streamed chat: how long until the first token that says something, and how long a hang-up takes.</summary>
internal sealed class StreamProber(StreamProbe probe, GatewayClient client, TimeProvider clock) : IProber
{
    private static readonly JsonDocumentOptions Bounds = new() { MaxDepth = 32 };

    public async Task<ProbeAnswer> AskAsync(CancellationToken cancellation)
    {
        var start = clock.GetTimestamp();
        var (opened, failure) = await client.OpenAsync("/v1/chat/completions", RequestBody.StreamedChat(probe.Model, probe.Prompt), cancellation);
        if (opened is null)
            return failure!;

        using var stream = opened;
        if (await WaitForTokenAsync(stream, cancellation) is { } bad)
            return bad;

        var first = clock.GetElapsedTime(start);
        return first > probe.FirstToken
            ? client.Bad($"first token after {FindingText.Span(first)}, wanted within {FindingText.Span(probe.FirstToken)}")
            : await HangUpAsync(stream, first, cancellation);
    }

    public ProbeAnswer Unanswered(TimeSpan deadline) => client.NoAnswer(deadline);

    private async Task<ProbeAnswer?> WaitForTokenAsync(GatewayStream stream, CancellationToken cancellation)
    {
        if (!stream.MediaType.Equals("text/event-stream", StringComparison.OrdinalIgnoreCase))
            return client.Bad(stream.MediaType.Contains("html", StringComparison.OrdinalIgnoreCase) ? "answers HTML, not a stream" : "answers without streaming");

        try
        {
            while (await stream.ReadDataAsync(cancellation) is { } data && data != "[DONE]")
            {
                if (HasToken(data))
                    return null;
            }

            return client.Bad("the stream ends without a token");
        }
        catch (OperationCanceledException)
        {
            return client.Bad($"no token within {FindingText.Span(probe.Deadline)}");
        }
        catch (JsonException)
        {
            return client.Bad("broken JSON in the stream");
        }
        catch (InvalidDataException excess)
        {
            return client.Bad(excess.Message);
        }
        catch (Exception broken) when (broken is IOException or HttpRequestException)
        {
            return client.Bad("the stream breaks off");
        }
    }

    private static bool HasToken(string data)
    {
        using var chunk = JsonDocument.Parse(data, Bounds);
        return !string.IsNullOrEmpty(chunk.RootElement.TextAt("choices.0.delta.content"));
    }

    private async Task<ProbeAnswer> HangUpAsync(GatewayStream stream, TimeSpan first, CancellationToken cancellation)
    {
        var start = clock.GetTimestamp();
        using var limit = new CancellationTokenSource(probe.Cancel, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        try
        {
            return await stream.HangUpAsync(either.Token)
                ? ProbeAnswer.Healthy($"first token after {FindingText.Span(first)}, hung up in {FindingText.Span(clock.GetElapsedTime(start))}")
                : ProbeAnswer.Inconclusive($"first token after {FindingText.Span(first)}; the answer was complete before a hang-up could be seen",
                    $"Ask with a prompt that has a longer answer. {client.Remedy}");
        }
        catch (Exception endless) when (endless is OperationCanceledException or IOException)
        {
            return ProbeAnswer.Unhealthy($"still sending {FindingText.Span(probe.Cancel)} after the caller hung up",
                $"The model goes on working for callers who have left. {client.Remedy}");
        }
    }
}
