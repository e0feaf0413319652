using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace HxOps.Tools.Processes;

/// <summary>
/// The living processes of a service: those of its session, and those that carry its invocation mark in their environment, which also
/// finds what has left the session and what a killed starter could not note down.
/// </summary>
/// <param name="Leader">The session's leader, or null when unknown.</param>
/// <param name="Mark">A variable with a unique value, <c>NAME=value</c>, that the leader was started with.</param>
public sealed record ProcessSession(ProcessIdentity? Leader, string Mark)
{
    private const int MostEnvironment = 1 << 20;

    /// <summary>The living processes, oldest first.</summary>
    public ImmutableArray<ProcessStatus> Living()
    {
        var all = ProcessStatus.ReadAll().Where(process => process.Id != Environment.ProcessId).ToList();
        var marked = all.Where(process => process.IsAlive && CarriesMark(process.Id)).ToList();
        var isOurs = IsStillOurs(all, marked);
        return [.. all.Where(process => process.IsAlive && ((isOurs && process.SessionId == Leader?.Id) || marked.Contains(process))).OrderBy(process => process.StartTicks)];
    }

    /// <summary>Sends a signal to the session's leader alone.</summary>
    public void SendToLeader(int signal)
    {
        foreach (var leader in Living().Where(IsLeader))
        {
            Send(leader, signal);
        }
    }

    /// <summary>Whether a process is the session's leader itself.</summary>
    public bool IsLeader(ProcessStatus process) => process.Id == Leader?.Id && process.StartTicks == Leader.StartTicks;

    /// <summary>Sends a signal to every living process.</summary>
    public void SendToAll(int signal)
    {
        foreach (var process in Living())
        {
            Send(process, signal);
        }
    }

    /// <summary>Signals a process unless its id has gone to another one since it was listed.</summary>
    private static void Send(ProcessStatus process, int signal)
    {
        var descriptor = Posix.OpenPidDescriptor(process.Id);
        var present = ProcessStatus.Read(process.Id);
        if (present?.StartTicks == process.StartTicks)
        {
            _ = descriptor >= 0 ? Posix.SendSignal(descriptor, signal) : Posix.Kill(process.Id, signal);
        }

        if (descriptor >= 0)
        {
            _ = Posix.Close(descriptor);
        }
    }

    /// <summary>
    /// Whether the session with the leader's id is the one that it led. The kernel gives the id away again once leader and members are gone,
    /// and a stranger may lead another session by it. While one member is ours all are: nobody joins a session from outside.
    /// </summary>
    private bool IsStillOurs(List<ProcessStatus> all, List<ProcessStatus> marked) =>
        Leader is not null && (all.Find(process => process.Id == Leader.Id) is { } present ? IsLeader(present) : marked.Exists(process => process.SessionId == Leader.Id));

    private bool CarriesMark(int processId)
    {
        try
        {
            using var file = File.OpenRead($"/proc/{processId.ToString(CultureInfo.InvariantCulture)}/environ");
            var buffer = new byte[16 * 1024];
            var environment = new MemoryStream();
            int count;
            while (environment.Length < MostEnvironment && (count = file.Read(buffer)) > 0)
            {
                environment.Write(buffer, 0, count);
            }

            return ("\0" + Encoding.UTF8.GetString(environment.GetBuffer(), 0, (int)environment.Length))
                .Contains($"\0{Mark}\0", StringComparison.Ordinal);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
