using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;

namespace HxOps.Cli.Demo.Practice;

/// <summary>The loopback ports of a practice deployment.</summary>
/// <param name="Gateway">LiteLLM.</param>
/// <param name="Wrapper">The wrapper.</param>
/// <param name="Backends">The three model servers.</param>
internal sealed record PracticePorts(int Gateway, int Wrapper, ImmutableArray<int> Backends)
{
    // Below what the kernel gives to outgoing connections, so that none of those takes a port between here and the service's start.
    private const int First = 20000;
    private const int Last = 29999;
    private const int Needed = 5;

    /// <summary>Finds free ports.</summary>
    public static PracticePorts Find()
    {
        var held = new List<TcpListener>();
        try
        {
            while (held.Count < Needed)
            {
                var listener = new TcpListener(IPAddress.Loopback, Random.Shared.Next(First, Last + 1));
                if (TryStart(listener))
                    held.Add(listener);
            }

            var ports = held.ConvertAll(listener => ((IPEndPoint)listener.LocalEndpoint).Port);
            return new PracticePorts(ports[0], ports[1], [.. ports[2..]]);
        }
        finally
        {
            held.ForEach(listener => listener.Dispose());
        }
    }

    private static bool TryStart(TcpListener listener)
    {
        try
        {
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            listener.Dispose();
            return false;
        }
    }
}
