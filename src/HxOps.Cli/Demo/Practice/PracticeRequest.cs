using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace HxOps.Cli.Demo.Practice;

/// <summary>One request as it came.</summary>
/// <param name="Method">Such as <c>GET</c>.</param>
/// <param name="Path">The path without its query.</param>
/// <param name="Authorization">The header of that name; empty without one.</param>
/// <param name="Body">The body; empty without one.</param>
internal sealed record PracticeRequest(string Method, string Path, string Authorization, byte[] Body)
{
    private const int MostBytes = 1 << 20;

    /// <summary>Reads one request, or null when the connection ends early or what comes is no request.</summary>
    public static async Task<PracticeRequest?> ReadAsync(Socket connection, CancellationToken cancellation)
    {
        var buffer = new byte[MostBytes];
        var filled = 0;
        while (filled < buffer.Length)
        {
            var read = await connection.ReceiveAsync(buffer.AsMemory(filled), cancellation);
            if (read == 0)
                return null;

            filled += read;
            var end = buffer.AsSpan(0, filled).IndexOf("\r\n\r\n"u8);
            if (end >= 0)
                return await ReadBodyAsync(connection, Encoding.Latin1.GetString(buffer, 0, end), buffer[(end + 4)..filled], cancellation);
        }

        return null;
    }

    private static async Task<PracticeRequest?> ReadBodyAsync(Socket connection, string head, byte[] begun, CancellationToken cancellation)
    {
        var lines = head.Split("\r\n");
        var words = lines[0].Split(' ');
        var announced = Header(lines, "Content-Length") is { Length: > 0 } text ? text : "0";
        if (words.Length != 3 || !int.TryParse(announced, NumberStyles.None, CultureInfo.InvariantCulture, out var length) || length > MostBytes)
            return null;

        var body = new byte[length];
        var filled = Math.Min(begun.Length, length);
        begun.AsSpan(0, filled).CopyTo(body);
        while (filled < length)
        {
            var read = await connection.ReceiveAsync(body.AsMemory(filled), cancellation);
            if (read == 0)
                return null;

            filled += read;
        }

        return new PracticeRequest(words[0], words[1].Split('?')[0], Header(lines, "Authorization"), body);
    }

    private static string Header(IEnumerable<string> lines, string name) =>
        lines.FirstOrDefault(line => line.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase))?[(name.Length + 1)..].Trim() ?? "";
}
