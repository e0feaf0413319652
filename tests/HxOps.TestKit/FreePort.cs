using System.Net;
using System.Net.Sockets;

namespace HxOps.TestKit;

/// <summary>Finds a port on loopback that nobody listens on.</summary>
public static class FreePort
{
    // Below the range from which the kernel takes ports for calls and for listeners that name none: nobody gets one of these by chance.
    private const int First = 10_000;
    private const int End = 30_000;

    /// <summary>A port that was free a moment ago.</summary>
    public static int Take()
    {
        while (true)
        {
            var port = Random.Shared.Next(First, End);
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // Taken: try another one.
            }
        }
    }
}
