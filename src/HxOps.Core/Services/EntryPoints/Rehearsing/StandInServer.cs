using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace HxOps.Services.EntryPoints.Rehearsing;

/// <summary>Answers health questions in a rehearsal, in the place of a program that cannot run there. It looks at paths only, never at keys.</summary>
public static class StandInServer
{
    private const int LongestRequest = 16 << 10;

    /// <summary>Serves on loopback until the process is ended.</summary>
    /// <param name="port">The port.</param>
    /// <param name="answers">Paths and their status codes, such as <c>/health=200</c>; every other path is answered with 404.</param>
    public static void Serve(int port, params string[] answers)
    {
        var known = answers.Select(answer => answer.Split('=', 2)).ToImmutableDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);
        using var listener = new TcpListener(IPAddress.Loopback, port);
        listener.Start();
        var buffer = new byte[LongestRequest];
        while (true)
        {
            using var client = listener.AcceptTcpClient();
            try
            {
                using var stream = client.GetStream();
                var words = Encoding.ASCII.GetString(buffer, 0, stream.Read(buffer)).Split(' ', 3);
                var status = words.Length > 1 ? known.GetValueOrDefault(words[1], "404") : "400";
                stream.Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"HTTP/1.1 {status} StandIn\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{{}}")));
            }
            catch (IOException)
            {
                // The asker gave up.
            }
        }
    }
}
