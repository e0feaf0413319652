using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Sockets;
using HxOps.Deployments;

namespace HxOps.Gateway.Probers;

/// <summary>
/// Asks one endpoint over HTTP. Its answers are hostile until judged: bounded in size, and put into findings by their status and shape,
/// never by their text. The bearer key goes into the request and nowhere else.
/// </summary>
internal sealed class GatewayClient(GatewayConnector connector, DeploymentContext context, Endpoint endpoint)
{
    private readonly string _address = string.Create(CultureInfo.InvariantCulture, $"{endpoint.Url.Host}:{endpoint.Url.Port}");

    /// <summary>Where to read on when the endpoint does not do well.</summary>
    internal UnitHint Hint { get; } = UnitHint.For(context, endpoint.Layer);

    /// <summary>The remedy for an answer that is wrong: which endpoint gave it, and which log to read.</summary>
    internal string Remedy => $"Asked {endpoint.Name} at {_address}: {Hint}.";

    /// <summary>The judgement on silence.</summary>
    internal ProbeAnswer NoAnswer(TimeSpan deadline) => ConnectionFailure.NoAnswer(_address, deadline, Hint) with { Blame = Blame.Unclear };

    /// <summary>An unhealthy answer that a layer behind this one may have caused.</summary>
    internal ProbeAnswer Bad(string finding) => ProbeAnswer.Unhealthy(finding, Remedy) with { Blame = Blame.Unclear };

    /// <summary>Gets a page; see <see cref="SendAsync"/>.</summary>
    internal Task<GatewayReply> GetAsync(string path, CancellationToken cancellation) => SendAsync(HttpMethod.Get, path, null, cancellation);

    /// <summary>Posts JSON; see <see cref="SendAsync"/>.</summary>
    internal Task<GatewayReply> PostAsync(string path, byte[] json, CancellationToken cancellation) => SendAsync(HttpMethod.Post, path, json, cancellation);

    /// <summary>Opens a streamed answer; the caller disposes it.</summary>
    internal async Task<(GatewayStream? Stream, ProbeAnswer? Failure)> OpenAsync(string path, byte[] json, CancellationToken cancellation)
    {
        Socket? connection = null;
        var (response, failure) = await RequestAsync(HttpMethod.Post, path, json, socket => connection = socket, cancellation);
        if (response is null)
            return (null, failure);

        if (StatusJudge.Judge((int)response.StatusCode, 200, this, KeyRemedy) is { } bad)
        {
            response.Dispose();
            return (null, bad);
        }

        return (new GatewayStream(response, await response.Content.ReadAsStreamAsync(cancellation), connection), null);
    }

    /// <summary>The judgement on a status that is not the wanted one, or null.</summary>
    internal ProbeAnswer? JudgeStatus(int status, int wanted) => StatusJudge.Judge(status, wanted, this, KeyRemedy);

    private string KeyRemedy => endpoint.Secret is { } secret && Variable(secret) is { } variable
        ? $"Set the environment variable {variable} to the key that {endpoint.Name} accepts."
        : $"Give the endpoint {endpoint.Name} a secret in the deployment file.";

    private async Task<GatewayReply> SendAsync(HttpMethod method, string path, byte[]? json, CancellationToken cancellation)
    {
        var (response, failure) = await RequestAsync(method, path, json, null, cancellation);
        if (response is null)
            return GatewayReply.Failed(failure!);

        using (response)
        {
            var status = (int)response.StatusCode;
            try
            {
                var body = await BoundedBody.ReadAsync(response.Content, cancellation);
                return new GatewayReply(status, response.Content.Headers.ContentType?.MediaType ?? "", body);
            }
            catch (OperationCanceledException)
            {
                return GatewayReply.Failed(Bad($"HTTP {status}, then silence in the middle of the answer"));
            }
            catch (Exception broken) when (broken is IOException or HttpRequestException)
            {
                return GatewayReply.Failed(Bad($"HTTP {status}, then the connection broke in the middle of the answer"));
            }
        }
    }

    private async Task<(HttpResponseMessage? Response, ProbeAnswer? Failure)> RequestAsync(
        HttpMethod method, string path, byte[]? json, Action<Socket>? received, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(method, new Uri(endpoint.Url.AbsoluteUri.TrimEnd('/') + '/' + path.TrimStart('/')));
        if (json is not null)
            request.Content = new ByteArrayContent(json) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };

        if (endpoint.Secret is { } secret)
        {
            var value = context.Secrets.Reveal(secret);
            if (string.IsNullOrEmpty(value) || value.Any(letter => letter is < '!' or > '~'))
                return (null, ProbeAnswer.Inconclusive(string.IsNullOrEmpty(value) ? "the key is not set" : "the key is no HTTP header value", KeyRemedy));

            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", value);
        }

        try
        {
            return (await connector.SendAsync(request, received, cancellation), null);
        }
        catch (HttpRequestException failure)
        {
            return (null, Judge(failure));
        }
    }

    private ProbeAnswer Judge(HttpRequestException failure) => failure switch
    {
        { HttpRequestError: HttpRequestError.SecureConnectionError } =>
            ProbeAnswer.Unhealthy("no TLS connection",
                $"Check the certificate of {_address}, and whether its address in the deployment file is http or https."),
        { InnerException: SocketException socket } => ConnectionFailure.Judge(socket.SocketErrorCode, _address, Hint),
        { HttpRequestError: HttpRequestError.ConfigurationLimitExceeded } => Bad("answers with headers over 64 KiB"),
        { HttpRequestError: HttpRequestError.InvalidResponse } => Bad("does not answer in HTTP"),
        _ => Bad("connection closed without an answer"),
    };

    private string? Variable(string secret) => context.Deployment.Secrets.FirstOrDefault(candidate => candidate.Name == secret)?.Variable;
}
