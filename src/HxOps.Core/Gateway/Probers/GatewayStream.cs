using System.Net.Sockets;

namespace HxOps.Gateway.Probers;

/// <summary>A streamed answer whose connection can be hung up while it still comes.</summary>
internal sealed class GatewayStream(HttpResponseMessage response, Stream body, Socket? connection) : IDisposable
{
    private const int MostBytesAfterHangUp = 16 << 20;

    /// <summary>The media type; empty when the answer names none.</summary>
    internal string MediaType { get; } = response.Content.Headers.ContentType?.MediaType ?? "";

    /// <summary>The body as it comes.</summary>
    internal Stream Body { get; } = body;

    /// <summary>Hangs up, and returns when the other side has ended the connection too.</summary>
    /// <exception cref="IOException">It goes on sending without end.</exception>
    internal async Task HangUpAsync(CancellationToken cancellation)
    {
        var buffer = new byte[16 << 10];
        try
        {
            // Half closed: the end that the server then makes can still be seen from here.
            connection?.Shutdown(SocketShutdown.Send);
            for (var rest = MostBytesAfterHangUp; rest > 0;)
            {
                var read = await Body.ReadAsync(buffer, cancellation);
                if (read == 0)
                    return;

                rest -= read;
            }
        }
        catch (Exception end) when (end is IOException or HttpRequestException or SocketException or ObjectDisposedException)
        {
            return; // Reset or closed within a chunk: that is the end waited for.
        }

        throw new IOException("Still sending after the connection was hung up.");
    }

    public void Dispose() => response.Dispose();
}
