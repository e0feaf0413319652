using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace HxOps.Cli.Demo.Practice;

/// <summary>A small HTTP/1.1 server that only this machine can reach: one request a connection, bounded in size and time.</summary>
internal sealed class LoopbackServer(int port, Func<PracticeExchange, CancellationToken, Task> answer)
{
    private static readonly TimeSpan ReadPatience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(1);
    private readonly ConcurrentDictionary<Task, bool> _inFlight = new();

    /// <summary>Serves until cancelled, then lets what is being answered come to its end for a moment.</summary>
    /// <exception cref="SocketException">The port is taken.</exception>
    public async Task RunAsync(Action listening, CancellationToken cancellation)
    {
        using var listener = new TcpListener(IPAddress.Loopback, port);
        listener.Start();
        listening();
        try
        {
            while (true)
                Track(ServeAsync(await listener.AcceptSocketAsync(cancellation), cancellation));
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAny(Task.WhenAll(_inFlight.Keys), Task.Delay(StopPatience, CancellationToken.None));
        }
    }

    private void Track(Task request)
    {
        _inFlight[request] = true;
        request.ContinueWith(done => _inFlight.TryRemove(done, out _), TaskScheduler.Default);
    }

    private async Task ServeAsync(Socket connection, CancellationToken cancellation)
    {
        using (connection)
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            patience.CancelAfter(ReadPatience);
            try
            {
                if (await PracticeRequest.ReadAsync(connection, patience.Token) is not { } request)
                    return;

                var exchange = new PracticeExchange(connection, request);
                await answer(exchange, cancellation);
            }
            catch (Exception gone) when (gone is SocketException or OperationCanceledException or ObjectDisposedException)
            {
                // The caller has left, or the process ends: nobody is there to be told.
            }
        }
    }
}
