using System.Text.Json;

namespace HxOps.Gateway.Probers;

/// <summary>A whole answer, not yet judged.</summary>
/// <param name="Status">The status code.</param>
/// <param name="MediaType">The media type; empty when the answer names none.</param>
/// <param name="Body">The body; null when it was cut off for its size.</param>
internal sealed record GatewayReply(int Status, string MediaType, byte[]? Body)
{
    private static readonly JsonDocumentOptions Bounds = new() { MaxDepth = 32 };

    /// <summary>The judgement when there is no answer to look at; else null.</summary>
    internal ProbeAnswer? Failure { get; private init; }

    internal static GatewayReply Failed(ProbeAnswer failure) => new(0, "", null) { Failure = failure };

    /// <summary>The JSON of an answer with status 200, or the judgement on why there is none.</summary>
    internal ProbeAnswer? Read(GatewayClient client, out JsonElement json)
    {
        json = default;
        return Failure ?? client.JudgeStatus(Status, 200) ?? Parse(client, out json);
    }

    /// <summary>The JSON of an answer whatever its status, or the judgement on why there is none.</summary>
    internal ProbeAnswer? Parse(GatewayClient client, out JsonElement json)
    {
        json = default;
        if (Body is null)
            return client.Bad("answers more than 1 MiB");

        if (MediaType.Contains("html", StringComparison.OrdinalIgnoreCase) || Body.AsSpan().TrimStart(" \t\r\n"u8).StartsWith("<"u8))
            return client.Bad("answers HTML, not JSON");

        try
        {
            using var document = JsonDocument.Parse(Body, Bounds);
            json = document.RootElement.Clone();
            return null;
        }
        catch (JsonException)
        {
            return client.Bad(Body.Length == 0 ? "answers nothing" : "answers broken JSON");
        }
    }
}
