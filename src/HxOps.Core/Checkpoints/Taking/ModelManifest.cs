using System.Text.Json;
using HxOps.Gateway;

namespace HxOps.Checkpoints.Taking;

/// <summary>What the gateway answered when it was asked for its models.</summary>
/// <param name="State">Whether it answered.</param>
/// <param name="Finding">Why not; empty when it did.</param>
/// <param name="Content">The answer, or null.</param>
internal sealed record ModelManifest(GatewayState State, string Finding, byte[]? Content)
{
    private const int LongestAnswer = 4 << 20;
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(5);

    /// <summary>Asks the gateway. A gateway that is down is a finding, not a failure: that is when checkpoints matter.</summary>
    internal static async Task<ModelManifest> AskAsync(DeploymentContext context, CancellationToken cancellation)
    {
        var endpoint = context.Deployment.Endpoints.FirstOrDefault(candidate => candidate.Layer == GatewayLayer.Upstream);
        if (endpoint is null)
            return new ModelManifest(GatewayState.Unknown, "the deployment names no upstream endpoint", null);

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Deadline);
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false, UseCookies = false });
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(endpoint.Url.ToString().TrimEnd('/') + "/v1/models"));
        if (endpoint.Secret is { } secret && context.Secrets.Reveal(secret) is { } value)
            request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + value); // With validation, a bad value would be in the error.

        try
        {
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            if (!response.IsSuccessStatusCode)
                return Down($"{request.RequestUri} answered with status {(int)response.StatusCode}");

            using var body = await response.Content.ReadAsStreamAsync(limit.Token);
            var content = await ReadAsync(body, limit.Token);
            return content is null ? Down($"{request.RequestUri} answered with more than {LongestAnswer} bytes")
                : IsModelList(content) ? new ModelManifest(GatewayState.Answering, "", content)
                : Down($"{request.RequestUri} answered with something else than a list of models");
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return Down($"{request.RequestUri} did not answer within {Deadline.TotalSeconds:0} s");
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException or NotSupportedException)
        {
            return Down($"{request.RequestUri} could not be asked: {failure.Message}");
        }
    }

    private static ModelManifest Down(string finding) => new(GatewayState.Down, finding, null);

    private static async Task<byte[]?> ReadAsync(Stream body, CancellationToken cancellation)
    {
        var content = new MemoryStream();
        var buffer = new byte[64 << 10];
        int count;
        while ((count = await body.ReadAsync(buffer, cancellation)) > 0)
        {
            if (content.Length + count > LongestAnswer)
                return null;

            content.Write(buffer, 0, count);
        }

        return content.ToArray();
    }

    private static bool IsModelList(byte[] content)
    {
        try
        {
            using var json = JsonDocument.Parse(content);
            return json.RootElement.ValueKind == JsonValueKind.Object
                && json.RootElement.TryGetProperty("data", out var data) && data.ValueKind == JsonValueKind.Array;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
