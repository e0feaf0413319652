using System.Net;
using System.Net.Sockets;

namespace HxOps.Services;

/// <summary>Finds ports for rehearsals.</summary>
internal static class RehearsalPort
{
    /// <summary>A port of loopback on which nobody listened a moment ago; by the time it is used somebody may.</summary>
    internal static int Find()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
