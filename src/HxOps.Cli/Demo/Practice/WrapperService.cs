using System.Net.Http.Headers;

namespace HxOps.Cli.Demo.Practice;

/// <summary>Plays the wrapper: healthy by itself, and everything else is passed on to the upstream.</summary>
internal sealed class WrapperService(Uri upstream) : IDisposable
{
    private readonly HttpMessageInvoker _upstream = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false, ConnectTimeout = TimeSpan.FromSeconds(2) });

    /// <summary>Answers one request.</summary>
    public Task AnswerAsync(PracticeExchange exchange, CancellationToken cancellation) => exchange.Route switch
    {
        "GET /healthz" => exchange.AnswerAsync(200, PracticeJson.Status("ok"), cancellation),
        _ when exchange.Request.Path.StartsWith("/v1/", StringComparison.Ordinal) => PassOnAsync(exchange, cancellation),
        _ => exchange.RefuseAsync(404, "Not Found", cancellation),
    };

    public void Dispose() => _upstream.Dispose();

    private async Task PassOnAsync(PracticeExchange exchange, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(new HttpMethod(exchange.Request.Method), new Uri(upstream, exchange.Request.Path));
        if (exchange.Request.Body.Length > 0)
            request.Content = new ByteArrayContent(exchange.Request.Body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };

        if (exchange.Request.Authorization.Length > 0)
            request.Headers.TryAddWithoutValidation("Authorization", exchange.Request.Authorization);

        try
        {
            using var answer = await _upstream.SendAsync(request, cancellation);
            await exchange.BeginAsync((int)answer.StatusCode, answer.Content.Headers.ContentType?.MediaType ?? "application/json", cancellation);
            await using var body = await answer.Content.ReadAsStreamAsync(cancellation);
            var buffer = new byte[16 << 10];
            int read;
            while ((read = await body.ReadAsync(buffer, cancellation)) > 0)
                await exchange.SendAsync(buffer.AsMemory(0, read), cancellation);
        }
        catch (HttpRequestException)
        {
            await exchange.RefuseAsync(502, "The upstream does not answer.", cancellation);
        }
    }
}
