using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using HxOps.Errors;
using HxOps.Gateway.Probers;

namespace HxOps.Rollback.Switches;

/// <summary>Talks to the endpoints of switches, bounded in size and time.</summary>
internal sealed class SwitchClient(DeploymentContext context) : IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(5);
    private readonly GatewayConnector _connector = new();

    /// <summary>Gives an order.</summary>
    /// <exception cref="HxException">SwitchRefused.</exception>
    public async Task OrderAsync(HttpMethod method, Uri url, string? secret, JsonObject body, CancellationToken cancellation)
    {
        var answer = await SendAsync(method, url, secret, body, cancellation);
        if (answer.Status is not (>= 200 and < 300))
        {
            throw new HxException(SwitchErrors.Refused, Shown(url), $"{method} {Shown(url)}: {answer.Finding}.");
        }
    }

    /// <summary>Reads an answer; never throws for what the service does.</summary>
    public Task<SwitchAnswer> ReadAsync(Uri url, string? secret, CancellationToken cancellation) => SendAsync(HttpMethod.Get, url, secret, null, cancellation);

    public void Dispose() => _connector.Dispose();

    /// <summary>An address for people; a query may hold a secret.</summary>
    public static string Shown(Uri url) => url.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped);

    private async Task<SwitchAnswer> SendAsync(HttpMethod method, Uri url, string? secret, JsonObject? body, CancellationToken cancellation)
    {
        using var time = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        time.CancelAfter(Deadline);
        try
        {
            using var request = new HttpRequestMessage(method, url) { Version = new Version(1, 1) };
            request.Headers.CacheControl = new CacheControlHeaderValue { NoCache = true };
            if (body is not null)
            {
                request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body.ToJsonString())) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
            }

            if (secret is not null && context.Secrets.Reveal(secret) is { Length: > 0 } token)
            {
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
            }

            using var response = await _connector.SendAsync(request, null, time.Token);
            var content = await BoundedBody.ReadAsync(response.Content, time.Token);
            return new SwitchAnswer((int)response.StatusCode, IsCached(response), content, $"HTTP {(int)response.StatusCode}");
        }
        catch (Exception error) when (error is HttpRequestException or IOException)
        {
            return SwitchAnswer.None($"no answer: {error.Message}");
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return SwitchAnswer.None($"no answer within {Deadline.TotalSeconds:0} s");
        }
    }

    // A cache on the way tells by the age of what it gives out.
    private static bool IsCached(HttpResponseMessage response) =>
        response.Headers.Age > TimeSpan.Zero
        || response.Headers.Concat(response.Content.Headers).Any(header => header.Key.Equals("X-Cache", StringComparison.OrdinalIgnoreCase) && header.Value.Any(value => value.Contains("HIT", StringComparison.OrdinalIgnoreCase)));
}

/// <summary>An answer of a switch's endpoint.</summary>
/// <param name="Status">Its status code; zero when none came.</param>
/// <param name="IsCached">Whether a cache on the way gave it.</param>
/// <param name="Body">Its body; null when it is too large or none came.</param>
/// <param name="Finding">What came, in a few words.</param>
internal sealed record SwitchAnswer(int Status, bool IsCached, byte[]? Body, string Finding)
{
    public static SwitchAnswer None(string finding) => new(0, false, null, finding);

    /// <summary>The body as JSON, or null.</summary>
    public JsonElement? Json()
    {
        try
        {
            return Status == 200 && Body is not null ? JsonDocument.Parse(Body, new JsonDocumentOptions { MaxDepth = 32 }).RootElement : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
