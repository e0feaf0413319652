using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using HxOps.Files;

namespace HxOps.Tools.Processes;

/// <summary>A process that listens on a TCP port of this machine.</summary>
/// <param name="Port">The port.</param>
/// <param name="ProcessId">The process, or null where only root may know it.</param>
/// <param name="Command">The name of its program; empty where unknown.</param>
public sealed record PortHolder(int Port, int? ProcessId, string Command);

/// <summary>Finds out from the kernel who listens on a port, without asking the network.</summary>
public static class PortHolders
{
    private static readonly string[] Tables = ["tcp", "tcp6"];

    private const string Listening = "0A";
    private const int MostRows = 100_000;

    /// <summary>Every process of this machine that listens on <paramref name="port"/>, on whatever address.</summary>
    public static ImmutableArray<PortHolder> Of(int port) => Of(HostRoot.Machine, port);

    /// <summary>Every process that listens on <paramref name="port"/>, on whatever address.</summary>
    /// <param name="root">The machine; a folder that is no machine has the processes and the network of this one.</param>
    /// <param name="port">The port.</param>
    public static ImmutableArray<PortHolder> Of(HostRoot root, int port)
    {
        var processes = ProcessFolder.Of(root);
        var sockets = Tables.SelectMany(table => Sockets($"{processes.Network}/{table}", port)).ToHashSet();
        if (sockets.Count == 0)
        {
            return [];
        }

        var holders = ProcessStatus.ReadAll(processes.Path)
            .Where(process => process.IsAlive && HoldsOneOf(processes.Of(process.Id), sockets))
            .Select(process => new PortHolder(port, process.Id, CommandOf(processes.Of(process.Id))))
            .ToImmutableArray();
        return holders.IsEmpty ? [new PortHolder(port, null, "")] : holders;
    }

    // sl local_address rem_address st tx_queue:rx_queue tr:tm->when retrnsmt uid timeout inode ...
    private static IEnumerable<string> Sockets(string table, int port)
    {
        var suffix = ":" + port.ToString("X4", CultureInfo.InvariantCulture);
        foreach (var row in ReadRows(table))
        {
            var fields = row.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (fields.Length > 9 && fields[3] == Listening && fields[1].EndsWith(suffix, StringComparison.Ordinal))
            {
                yield return $"socket:[{fields[9]}]";
            }
        }
    }

    private static IEnumerable<string> ReadRows(string table)
    {
        try
        {
            return [.. File.ReadLines(table).Skip(1).Take(MostRows)];
        }
        catch (IOException)
        {
            return []; // no IPv6 on this machine
        }
    }

    private static bool HoldsOneOf(string process, HashSet<string> sockets)
    {
        try
        {
            return Directory.EnumerateFiles(process + "/fd")
                .Any(descriptor => new FileInfo(descriptor).LinkTarget is { } target && sockets.Contains(target));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false; // it has ended, or belongs to another user
        }
    }

    // The program's own name, without arguments: they may hold secrets.
    private static string CommandOf(string process)
    {
        try
        {
            var name = File.ReadAllText(process + "/comm", Encoding.UTF8).Trim();
            return new string([.. name.Where(character => !char.IsControl(character))]);
        }
        catch (IOException)
        {
            return "";
        }
    }
}
