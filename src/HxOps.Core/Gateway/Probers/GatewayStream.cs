using System.Net.Sockets;

namespace HxOps.Gateway.Probers;

/// <summary>A streamed answer whose connection can be hung up while it still comes.</summary>
internal sealed class GatewayStream(HttpResponseMessage response, Stream body, Socket? connection) : IDisposable
{
    private const int MostBytesAfterHangUp = 16 << 20;

    private readonly EventStreamReader _events = new(body);

    /// <summary>The media type; empty when the answer names none.</summary>
    internal string MediaType { get; } = response.Content.Headers.ContentType?.MediaType ?? "";

    private static ReadOnlySpan<byte> Done => "[DONE]"u8;

    /// <summary>The next data, or null at the end.</summary>
    /// <exception cref="InvalidDataException">A bound is exceeded.</exception>
    internal Task<string?> ReadDataAsync(CancellationToken cancellation) => _events.ReadDataAsync(cancellation);

    /// <summary>Hangs up, and returns when the other side has ended the connection too.</summary>
    /// <returns>Whether that was because of the hang-up: false when the whole answer came first, as it does from a server that is deaf to it.</returns>
    /// <exception cref="IOException">It goes on sending without end.</exception>
    internal async Task<bool> HangUpAsync(CancellationToken cancellation)
    {
        var buffer = new byte[16 << 10];
        var filled = _events.TakeRest(buffer);
        try
        {
            // Half closed: the end that the server then makes can still be seen from here.
            connection?.Shutdown(SocketShutdown.Send);
            for (var rest = MostBytesAfterHangUp; rest > 0;)
            {
                if (buffer.AsSpan(0, filled).IndexOf(Done) >= 0)
                    return false;

                // The mark may come in two pieces.
                var kept = Math.Min(filled, Done.Length - 1);
                buffer.AsSpan(filled - kept, kept).CopyTo(buffer);
                var read = await body.ReadAsync(buffer.AsMemory(kept), cancellation);
                if (read == 0)
                    return true;

                filled = kept + read;
                rest -= read;
            }
        }
        catch (Exception end) when (end is IOException or HttpRequestException or SocketException or ObjectDisposedException)
        {
            return true; // Reset or closed within a chunk: that is the end waited for.
        }

        throw new IOException("Still sending after the connection was hung up.");
    }

    public void Dispose() => response.Dispose();
}
