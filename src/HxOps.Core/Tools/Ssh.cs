using System.Globalization;
using HxOps.Errors;
using HxOps.Tools.Processes;

namespace HxOps.Tools;

/// <summary>
/// Another host by ssh and sftp, with what the user's own configuration says of it. Never asks: a key or an agent must open the door, and
/// the host must be known. A host that falls silent is given up after some seconds.
/// </summary>
/// <param name="runner">Starts the programs.</param>
/// <param name="host">As ssh takes it: a name of its configuration, or <c>user@host</c>.</param>
public sealed class Ssh(ProcessRunner runner, string host)
{
    private const int Unreachable = 255;
    private static readonly string[] s_options =
        ["-o", "BatchMode=yes", "-o", "ConnectTimeout=10", "-o", "ServerAliveInterval=5", "-o", "ServerAliveCountMax=3"];

    /// <summary>Runs a script of the POSIX shell over there.</summary>
    /// <param name="script">The script; goes through standard input.</param>
    /// <param name="arguments">Its <c>$1</c> and on, passed as they are.</param>
    /// <param name="deadline">How long it may run.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>Its standard output.</returns>
    /// <exception cref="HxException"><see cref="ToolErrors.HostUnreachable"/>, or <see cref="ToolErrors.Failed"/> with its last words.</exception>
    public async Task<string> RunAsync(string script, IEnumerable<string> arguments, TimeSpan deadline, CancellationToken cancellation)
    {
        // The shell over there reads one line: quoted, an argument is nothing but itself.
        var line = string.Join(' ', arguments.Select(Quoted).Prepend("sh -s --"));
        var command = new ToolCommand("ssh", [.. s_options, "--", host, line]) { Input = script, Deadline = deadline };
        return Checked(await runner.RunAsync(command, cancellation), "run a script").Output;
    }

    /// <summary>Sends a file, from where an earlier attempt stopped, and sees it on the disk over there.</summary>
    /// <param name="local">The local path.</param>
    /// <param name="remote">The path over there.</param>
    /// <param name="offset">Bytes that are there already; zero for a new file.</param>
    /// <param name="cancellation">Stops it; what has arrived stays.</param>
    /// <exception cref="HxException"><see cref="ToolErrors.HostUnreachable"/>, or <see cref="ToolErrors.Failed"/>.</exception>
    public async Task SendAsync(string local, string remote, long offset, CancellationToken cancellation)
    {
        var batch = string.Create(CultureInfo.InvariantCulture, $"put {(offset > 0 ? "-af" : "-f")} {BatchQuoted(local)} {BatchQuoted(remote)}\n");
        var command = new ToolCommand("sftp", ["-q", "-b", "-", .. s_options, "--", host]) { Input = batch, Deadline = Timeout.InfiniteTimeSpan };
        Checked(await runner.RunAsync(command, cancellation), "send a file");
    }

    private ToolResult Checked(ToolResult result, string purpose)
    {
        if (result.Succeeded)
            return result;

        var words = string.Join(" | ", result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).TakeLast(3));
        throw result.ExitCode == Unreachable
            ? new HxException(ToolErrors.HostUnreachable, host, $"{host} could not be reached to {purpose}, or the connection broke. It said: {words}")
            : new HxException(ToolErrors.Failed, host, $"On {host} it failed to {purpose}. It said: {words}");
    }

    private static string Quoted(string word) => $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    private static string BatchQuoted(string path) =>
        $"\"{path.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
