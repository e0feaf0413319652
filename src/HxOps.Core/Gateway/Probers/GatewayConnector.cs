using System.Net;
using System.Net.Sockets;

namespace HxOps.Gateway.Probers;

/// <summary>
/// Carries the gate's requests. Every request opens a connection of its own: it proves that the gateway still accepts some, and a
/// gateway that was restarted between two rounds is not blamed for a connection that the old process closed.
/// </summary>
internal sealed class GatewayConnector : IDisposable
{
    private static readonly HttpRequestOptionsKey<Action<Socket>> SocketReceiver = new("HxOps.Socket");

    private readonly HttpMessageInvoker _invoker;

    internal GatewayConnector() => _invoker = new HttpMessageInvoker(new SocketsHttpHandler
    {
        UseProxy = false,
        UseCookies = false,
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        PooledConnectionLifetime = TimeSpan.Zero,
        MaxResponseHeadersLength = 64,
        MaxResponseDrainSize = 0,
        ConnectCallback = ConnectAsync,
    });

    /// <summary>Sends a request; the answer's body is not read yet.</summary>
    /// <param name="request">The request.</param>
    /// <param name="received">Is given the connection, for whoever wants to hang up by himself.</param>
    /// <param name="cancellation">Gives up.</param>
    internal Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, Action<Socket>? received, CancellationToken cancellation)
    {
        if (received is not null)
            request.Options.Set(SocketReceiver, received);

        return _invoker.SendAsync(request, cancellation);
    }

    public void Dispose() => _invoker.Dispose();

    private static async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext connection, CancellationToken cancellation)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(connection.DnsEndPoint, cancellation);
        }
        catch
        {
            socket.Dispose();
            throw;
        }

        if (connection.InitialRequestMessage.Options.TryGetValue(SocketReceiver, out var received))
            received(socket);

        return new NetworkStream(socket, ownsSocket: true);
    }
}
