using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace HxOps.Cli.Demo.Practice;

/// <summary>Plays LiteLLM.</summary>
internal sealed class LiteLlmService(PracticeConfig config)
{
    private const int Dimensions = 1024;
    private static readonly TimeSpan PauseBetweenTokens = TimeSpan.FromMilliseconds(20);

    /// <summary>Answers one request.</summary>
    public Task AnswerAsync(PracticeExchange exchange, CancellationToken cancellation) => exchange.Route switch
    {
        "GET /health/liveliness" => exchange.AnswerAsync(200, PracticeJson.Text("I'm alive!"), cancellation),
        "GET /health/readiness" => exchange.AnswerAsync(200, PracticeJson.Status("connected"), cancellation),
        _ when !IsAllowed(exchange) => exchange.RefuseAsync(401, "Authentication Error, Invalid proxy server token passed", cancellation),
        "GET /health" => exchange.AnswerAsync(200, PracticeJson.Health(config.Models.Length), cancellation),
        "GET /v1/models" => exchange.AnswerAsync(200, PracticeJson.Models(config.Models), cancellation),
        "POST /v1/embeddings" => EmbedAsync(exchange, cancellation),
        "POST /v1/chat/completions" => ChatAsync(exchange, cancellation),
        _ => exchange.RefuseAsync(404, "Not Found", cancellation),
    };

    private bool IsAllowed(PracticeExchange exchange) => config.MasterKey is not { } key
        || CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes("Bearer " + key), Encoding.UTF8.GetBytes(exchange.Request.Authorization));

    private Task EmbedAsync(PracticeExchange exchange, CancellationToken cancellation)
    {
        if (ModelOf(exchange.ReadJson()) is not { } model)
            return UnknownModelAsync(exchange, cancellation);

        var vector = PracticeModel.Embed(model, Encoding.UTF8.GetString(exchange.Request.Body), Dimensions);
        return exchange.AnswerAsync(200, PracticeJson.Embedding(model, vector), cancellation);
    }

    private Task ChatAsync(PracticeExchange exchange, CancellationToken cancellation)
    {
        var request = exchange.ReadJson();
        if (ModelOf(request) is not { } model)
            return UnknownModelAsync(exchange, cancellation);

        return request!.Value.TryGetProperty("stream", out var stream) && stream.ValueKind == JsonValueKind.True
            ? StreamAsync(exchange, model, cancellation)
            : exchange.AnswerAsync(200, PracticeJson.Chat(model, string.Join(' ', Say(exchange, model))), cancellation);
    }

    private static async Task StreamAsync(PracticeExchange exchange, string model, CancellationToken cancellation)
    {
        using var left = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        _ = exchange.HungUpAsync(left.Token).ContinueWith(_ => left.Cancel(), left.Token, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        await exchange.BeginAsync(200, "text/event-stream", left.Token);
        await exchange.SendEventAsync(PracticeJson.Chunk(model, ""), left.Token);
        foreach (var word in Say(exchange, model))
        {
            await exchange.SendEventAsync(PracticeJson.Chunk(model, word + " "), left.Token);
            await Task.Delay(PauseBetweenTokens, left.Token);
        }

        await exchange.SendEventAsync("[DONE]"u8.ToArray(), left.Token);
    }

    private static ImmutableArray<string> Say(PracticeExchange exchange, string model) =>
        PracticeModel.Say(model, Encoding.UTF8.GetString(exchange.Request.Body));

    private string? ModelOf(JsonElement? request) =>
        request is { } body && body.TryGetProperty("model", out var model) && model.ValueKind == JsonValueKind.String && config.Models.Contains(model.GetString()!)
            ? model.GetString()
            : null;

    private static Task UnknownModelAsync(PracticeExchange exchange, CancellationToken cancellation) =>
        exchange.RefuseAsync(400, "Invalid model name passed in the request. Call `/v1/models` to see what there is.", cancellation);
}
