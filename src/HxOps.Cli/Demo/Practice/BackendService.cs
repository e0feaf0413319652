namespace HxOps.Cli.Demo.Practice;

/// <summary>Plays an Ollama server.</summary>
internal static class BackendService
{
    /// <summary>Answers one request.</summary>
    public static Task AnswerAsync(PracticeExchange exchange, CancellationToken cancellation) => exchange.Route switch
    {
        "GET /api/tags" => exchange.AnswerAsync(200, PracticeJson.Tags(["phi3:latest", "llama3.2:3b"]), cancellation),
        _ => exchange.RefuseAsync(404, "not found", cancellation),
    };
}
