using System.Globalization;
using System.Text.Json;
using HxOps.Reporting;

namespace HxOps.Gateway.Probers;

/// <summary>Asks for a page and judges its status and, where wanted, values in its JSON.</summary>
internal sealed class HttpProber(HttpProbe probe, GatewayClient client, Redactor redactor) : IProber
{
    public async Task<ProbeAnswer> AskAsync(CancellationToken cancellation)
    {
        var reply = await client.GetAsync(probe.Path, cancellation);
        if ((reply.Failure ?? client.JudgeStatus(reply.Status, probe.Status)) is { } failure)
            return IsPassedOn(reply.Status) ? failure : Own(failure);

        if (probe.Expect.IsEmpty)
            return ProbeAnswer.Healthy(string.Create(CultureInfo.InvariantCulture, $"HTTP {reply.Status}"));

        return reply.Parse(client, out var json) is { } unreadable ? Own(unreadable) : JudgeValues(json);
    }

    public ProbeAnswer Unanswered(TimeSpan deadline) => Own(client.NoAnswer(deadline));

    private ProbeAnswer JudgeValues(JsonElement json)
    {
        foreach (var (path, wanted) in probe.Expect)
        {
            if (json.At(path) is not { } value)
                return ProbeAnswer.Unhealthy($"no '{path}' in the answer", client.Remedy);

            if (Text(value) is not { } found)
                return ProbeAnswer.Unhealthy($"{path} is broken text", client.Remedy);

            if (found != wanted)
                return ProbeAnswer.Unhealthy($"{path} is {FindingText.Quote(redactor.Redact(found))}, not '{wanted}'", client.Remedy);
        }

        return ProbeAnswer.Healthy(string.Join(", ", probe.Expect.Select(pair => $"{pair.Key} {pair.Value}")));
    }

    // A page is the layer's own, unlike a model's answer: only a gateway's status says that something behind it failed.
    private static bool IsPassedOn(int status) => status is 502 or 503 or 504;

    private static ProbeAnswer Own(ProbeAnswer answer) => answer with { Blame = Blame.Own };

    private static string? Text(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.Text() : value.GetRawText();
}
