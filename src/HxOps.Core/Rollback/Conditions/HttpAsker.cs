using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using HxOps.Gateway.Probers;
using HxOps.Rollback.Actions;
using HxOps.Rollback.Plans;

namespace HxOps.Rollback.Conditions;

/// <summary>Sends the requests of plans and judges the answers, bounded in size and time.</summary>
internal sealed class HttpAsker(GatewayConnector connector)
{
    private const int LongestQuote = 80;

    /// <summary>Sends a request; null in the finding means that no answer came.</summary>
    public async Task<ConditionFinding> AskAsync(HttpCall call, HttpExpectation expect, ActionScope scope, CancellationToken cancellation)
    {
        try
        {
            using var request = Request(call, scope);
            using var response = await connector.SendAsync(request, null, cancellation);
            var body = await BoundedBody.ReadAsync(response.Content, cancellation);
            return body is null ? ConditionFinding.No("an answer over 1 MiB") : Judge(response, body, expect, scope);
        }
        catch (Exception error) when (error is HttpRequestException or IOException)
        {
            return ConditionFinding.Unseen($"no answer: {error.Message}");
        }
    }

    /// <summary>A request as a plan describes it.</summary>
    public static HttpRequestMessage Request(HttpCall call, ActionScope scope)
    {
        var request = new HttpRequestMessage(new HttpMethod(call.Method), call.Url) { Version = new Version(1, 1) };
        var body = call.BodyFile is { } file ? FileReplacement.Read(scope.Locate(file)) : call.Body is { } text ? Encoding.UTF8.GetBytes(text) : null;
        if (body is not null)
        {
            request.Content = new ByteArrayContent(body);
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        }

        foreach (var (name, value) in call.Headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        if (call.Secret is { } secret && scope.Context.Secrets.Reveal(secret) is { } token)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        return request;
    }

    private static ConditionFinding Judge(HttpResponseMessage response, byte[] body, HttpExpectation expect, ActionScope scope)
    {
        var status = (int)response.StatusCode;
        if (status != expect.Status)
        {
            return ConditionFinding.No($"HTTP {status}, not {expect.Status}");
        }

        foreach (var (name, wanted) in expect.Headers)
        {
            var found = string.Join(", ", response.Headers.Concat(response.Content.Headers)
                .Where(header => header.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).SelectMany(header => header.Value));
            if (!found.Contains(wanted, StringComparison.OrdinalIgnoreCase))
            {
                return ConditionFinding.No($"the header {name} is '{Quote(found, scope)}', without '{wanted}'");
            }
        }

        if (expect.Contains is { } text && !Encoding.UTF8.GetString(body).Contains(text, StringComparison.Ordinal))
        {
            return ConditionFinding.No($"HTTP {status}, without '{text}'");
        }

        return expect.Json.IsEmpty ? ConditionFinding.Yes($"HTTP {status}") : JudgeJson(body, expect, scope);
    }

    private static ConditionFinding JudgeJson(byte[] body, HttpExpectation expect, ActionScope scope)
    {
        try
        {
            using var json = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = 32 });
            foreach (var (path, wanted) in expect.Json)
            {
                if (json.RootElement.At(path) is not { } value)
                {
                    return ConditionFinding.No($"no '{path}' in the answer");
                }

                if (!IsEqual(value, wanted))
                {
                    return ConditionFinding.No($"{path} is {Quote(value.GetRawText(), scope)}, not {wanted.Text}");
                }
            }

            return ConditionFinding.Yes(string.Join(", ", expect.Json.Select(member => $"{member.Key} {member.Value.Text}")));
        }
        catch (JsonException)
        {
            return ConditionFinding.No("an answer that is not JSON");
        }
    }

    private static bool IsEqual(JsonElement value, JsonLiteral wanted) => (value.ValueKind, wanted.IsText) switch
    {
        (JsonValueKind.String, true) => value.Text() == wanted.Text,
        (JsonValueKind.True, false) => wanted.Text == "true",
        (JsonValueKind.False, false) => wanted.Text == "false",
        (JsonValueKind.Number, false) => double.TryParse(wanted.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && value.GetDouble().Equals(number),
        _ => false,
    };

    private static string Quote(string text, ActionScope scope)
    {
        var line = scope.Redactor.Redact(text).ReplaceLineEndings(" ");
        return line.Length <= LongestQuote ? line : line[..LongestQuote] + "...";
    }
}
