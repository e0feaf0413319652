using System.Net.Sockets;
using System.Text.Json;
using HxOps.Gateway.Probers;
using HxOps.Rollback.Actions;
using HxOps.Rollback.Plans;

namespace HxOps.Rollback.Conditions;

/// <summary>Measures streams of events: until the first text, and from hanging up to the end.</summary>
internal sealed class StreamAsker(GatewayConnector connector)
{
    private static readonly JsonDocumentOptions Bounds = new() { MaxDepth = 32 };
    private static readonly string[] TextPaths = ["choices.0.delta.content", "delta.content", "delta.text", "delta", "token", "text", "content"];

    /// <summary>Asks once.</summary>
    public async Task<ConditionFinding> AskAsync(StreamCondition condition, ActionScope scope, CancellationToken cancellation)
    {
        var clock = scope.Context.Clock;
        var start = clock.GetTimestamp();
        try
        {
            Socket? connection = null;
            using var request = HttpAsker.Request(condition.Request, scope);
            var response = await connector.SendAsync(request, socket => connection = socket, cancellation);
            using var stream = new GatewayStream(response, await response.Content.ReadAsStreamAsync(cancellation), connection);
            if (!response.IsSuccessStatusCode || !stream.MediaType.Equals("text/event-stream", StringComparison.OrdinalIgnoreCase))
            {
                return ConditionFinding.No($"HTTP {(int)response.StatusCode} and no stream of events");
            }

            if (!await HasTextAsync(stream, cancellation))
            {
                return ConditionFinding.No("the stream ends without a text");
            }

            var first = clock.GetElapsedTime(start);
            var (isSeen, time) = await HangUpAsync(stream, condition.Cancel, clock, cancellation);
            var words = $"first text after {first.TotalMilliseconds:0} ms, ";
            return (isSeen, time) switch
            {
                (false, _) when first < condition.FirstToken => ConditionFinding.Unseen(words + "and the answer was complete before a hang-up could be seen"),
                (_, null) => ConditionFinding.No($"{words}still sending {condition.Cancel.TotalMilliseconds:0} ms after the hang-up"),
                (_, { } ended) => new ConditionFinding(first < condition.FirstToken && ended < condition.Cancel, $"{words}ended {ended.TotalMilliseconds:0} ms after the hang-up"),
            };
        }
        catch (Exception broken) when (broken is HttpRequestException or IOException or InvalidDataException)
        {
            return ConditionFinding.Unseen($"no stream: {broken.Message}");
        }
    }

    private static async Task<bool> HasTextAsync(GatewayStream stream, CancellationToken cancellation)
    {
        while (await stream.ReadDataAsync(cancellation) is { } data && data != "[DONE]")
        {
            if (IsText(data))
            {
                return true;
            }
        }

        return false;
    }

    // An empty first delta is the habit of many servers; it is not what a reader waits for.
    private static bool IsText(string data)
    {
        try
        {
            using var json = JsonDocument.Parse(data, Bounds);
            return json.RootElement.ValueKind == JsonValueKind.Object
                ? TextPaths.Any(path => json.RootElement.TextAt(path) is { Length: > 0 })
                : json.RootElement.ValueKind != JsonValueKind.String || json.RootElement.Text() is { Length: > 0 };
        }
        catch (JsonException)
        {
            return data.Length > 0;
        }
    }

    /// <summary>Whether the end that came was the hang-up's, and how long it took; null when it did not come in time.</summary>
    private static async Task<(bool IsSeen, TimeSpan? Time)> HangUpAsync(GatewayStream stream, TimeSpan limit, TimeProvider clock, CancellationToken cancellation)
    {
        var start = clock.GetTimestamp();
        using var time = new CancellationTokenSource(limit, clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(time.Token, cancellation);
        try
        {
            return (await stream.HangUpAsync(both.Token), clock.GetElapsedTime(start));
        }
        catch (Exception endless) when (endless is OperationCanceledException or IOException && !cancellation.IsCancellationRequested)
        {
            return (true, null);
        }
    }
}
