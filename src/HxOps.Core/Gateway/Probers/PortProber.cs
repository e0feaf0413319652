using System.Globalization;
using System.Net.Sockets;

namespace HxOps.Gateway.Probers;

/// <summary>Asks whether something accepts connections on a port.</summary>
internal sealed class PortProber(PortProbe probe, UnitHint hint) : IProber
{
    private readonly string _address = string.Create(CultureInfo.InvariantCulture, $"{probe.HostName}:{probe.Port}");

    public async Task<ProbeAnswer> AskAsync(CancellationToken cancellation)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(probe.HostName, probe.Port, cancellation);
            return ProbeAnswer.Healthy("port " + probe.Port.ToString(CultureInfo.InvariantCulture) + " open");
        }
        catch (SocketException failure)
        {
            return ConnectionFailure.Judge(failure.SocketErrorCode, _address, hint);
        }
    }

    public ProbeAnswer Unanswered(TimeSpan deadline) => ConnectionFailure.NoAnswer(_address, deadline, hint);
}
