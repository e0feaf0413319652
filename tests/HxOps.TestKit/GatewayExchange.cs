using System.Net.Sockets;
using System.Text;

namespace HxOps.TestKit;

/// <summary>One request that a <see cref="GatewayDouble"/> received, and the raw connection to answer it on.</summary>
public sealed class GatewayExchange(Socket connection, string head, string body)
{
    /// <summary>Method and path, such as <c>GET /v1/models</c>.</summary>
    public string Route { get; } = string.Join(' ', head.Split(' ', 3).Take(2));

    /// <summary>The request line and the headers.</summary>
    public string Head { get; } = head;

    /// <summary>The request's body.</summary>
    public string Body { get; } = body;

    /// <summary>Sends bytes as they are.</summary>
    public async Task SendAsync(string text) => await connection.SendAsync(Encoding.UTF8.GetBytes(text));

    /// <summary>Sends bytes as they are.</summary>
    public async Task SendAsync(ReadOnlyMemory<byte> bytes) => await connection.SendAsync(bytes);

    /// <summary>Sends a whole answer.</summary>
    public Task AnswerAsync(int status, string body, string mediaType = "application/json") =>
        SendAsync($"HTTP/1.1 {status} Status\r\nContent-Type: {mediaType}\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\nConnection: close\r\n\r\n{body}");

    /// <summary>Begins an answer that ends with the connection.</summary>
    public Task BeginAsync(int status, string mediaType) =>
        SendAsync($"HTTP/1.1 {status} Status\r\nContent-Type: {mediaType}\r\nConnection: close\r\n\r\n");

    /// <summary>Sends one event of a stream.</summary>
    public Task SendEventAsync(string data) => SendAsync($"data: {data}\n\n");

    /// <summary>Returns when the caller has hung up.</summary>
    public async Task HungUpAsync()
    {
        try
        {
            while (await connection.ReceiveAsync(new byte[256]) > 0)
            {
            }
        }
        catch (SocketException)
        {
            // Reset: hung up as well.
        }
    }
}
