using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using HxOps.Errors;
using HxOps.Gateway.Probers;
using HxOps.Rollback.Plans;

namespace HxOps.Rollback.Switches;

/// <summary>Turns switches and looks at them, for commands and for plans alike; bounded in size and time.</summary>
internal sealed class SwitchClient(GatewayConnector connector, DeploymentContext context)
{
    /// <summary>The longest that one answer may take.</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Orders a kill switch; the order alone proves nothing.</summary>
    /// <returns>What came, in a few words.</returns>
    /// <exception cref="HxException">SwitchRefused.</exception>
    public Task<string> OrderAsync(KillSwitchAddress address, SwitchPosition position, string reason, CancellationToken cancellation)
    {
        var body = new JsonObject { ["enabled"] = position == SwitchPosition.On };
        if (reason.Length > 0)
        {
            body["reason"] = reason;
        }

        return OrderAsync(HttpMethod.Post, address.Url, address.Secret, body, cancellation);
    }

    /// <summary>Orders a feature flag to be on for everybody or for nobody; the order alone proves nothing.</summary>
    /// <inheritdoc cref="OrderAsync(KillSwitchAddress, SwitchPosition, string, CancellationToken)"/>
    public Task<string> OrderAsync(FlagAddress flag, SwitchPosition position, CancellationToken cancellation)
    {
        var on = position == SwitchPosition.On;
        return OrderAsync(HttpMethod.Put, flag.Url, flag.Secret, new JsonObject { ["enabled"] = on, ["rollout_percentage"] = on ? 100 : 0 }, cancellation);
    }

    /// <summary>Looks at a kill switch by one request to its health endpoint; never throws for what the service does.</summary>
    public async Task<SwitchReading> ReadKillSwitchAsync(Uri health, string? secret, CancellationToken cancellation) =>
        SwitchJudge.KillSwitch(await SendAsync(HttpMethod.Get, health, secret, null, cancellation));

    /// <summary>Looks at a feature flag by one request; never throws for what the service does.</summary>
    public async Task<SwitchReading> ReadFlagAsync(FlagAddress flag, CancellationToken cancellation) =>
        SwitchJudge.Flag(await SendAsync(HttpMethod.Get, flag.Url, flag.Secret, null, cancellation), flag.Flag);

    /// <summary>An address for people; a query may hold a secret.</summary>
    public static string Shown(Uri url) => url.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped);

    private async Task<string> OrderAsync(HttpMethod method, Uri url, string? secret, JsonObject body, CancellationToken cancellation)
    {
        var answer = await SendAsync(method, url, secret, body, cancellation);
        return answer.Status is >= 200 and < 300
            ? answer.Finding
            : throw new HxException(SwitchErrors.Refused, Shown(url), $"{method} {Shown(url)}: {answer.Finding}.");
    }

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

            using var response = await connector.SendAsync(request, null, time.Token);
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
