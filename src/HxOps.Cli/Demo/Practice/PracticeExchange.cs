using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace HxOps.Cli.Demo.Practice;

/// <summary>A request and the connection to answer it on. The answer ends with the connection.</summary>
internal sealed class PracticeExchange(Socket connection, PracticeRequest request)
{
    /// <summary>What was asked.</summary>
    public PracticeRequest Request => request;

    /// <summary>Method and path, such as <c>GET /v1/models</c>.</summary>
    public string Route { get; } = $"{request.Method} {request.Path}";

    /// <summary>Answers with JSON.</summary>
    public async Task AnswerAsync(int status, byte[] json, CancellationToken cancellation)
    {
        await SendAsync($"HTTP/1.1 {status} {Reason(status)}\r\nContent-Type: application/json\r\nContent-Length: {json.Length}\r\nConnection: close\r\n\r\n", cancellation);
        await SendAsync(json, cancellation);
    }

    /// <summary>Answers with an error in OpenAI's shape.</summary>
    public Task RefuseAsync(int status, string message, CancellationToken cancellation) =>
        AnswerAsync(status, PracticeJson.Error(status, message), cancellation);

    /// <summary>Begins an answer of any length.</summary>
    public Task BeginAsync(int status, string mediaType, CancellationToken cancellation) =>
        SendAsync($"HTTP/1.1 {status} {Reason(status)}\r\nContent-Type: {mediaType}\r\nConnection: close\r\n\r\n", cancellation);

    /// <summary>Sends one event of a stream.</summary>
    public Task SendEventAsync(ReadOnlyMemory<byte> data, CancellationToken cancellation) =>
        SendAsync((byte[])[.. "data: "u8, .. data.Span, .. "\n\n"u8], cancellation);

    /// <summary>Sends more of an answer that was begun.</summary>
    public async Task SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        while (!bytes.IsEmpty)
            bytes = bytes[await connection.SendAsync(bytes, cancellation)..];
    }

    /// <summary>Returns when the caller hangs up.</summary>
    public async Task HungUpAsync(CancellationToken cancellation)
    {
        var rest = new byte[256];
        while (await connection.ReceiveAsync(rest, cancellation) > 0)
        {
        }
    }

    /// <summary>The request's body as JSON, or null when it is none.</summary>
    public JsonElement? ReadJson()
    {
        try
        {
            using var document = JsonDocument.Parse(Request.Body);
            return document.RootElement.ValueKind == JsonValueKind.Object ? document.RootElement.Clone() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private Task SendAsync(string text, CancellationToken cancellation) => SendAsync(Encoding.ASCII.GetBytes(text), cancellation);

    private static string Reason(int status) => status switch
    {
        200 => "OK",
        400 => "Bad Request",
        401 => "Unauthorized",
        404 => "Not Found",
        502 => "Bad Gateway",
        _ => "Status",
    };
}
