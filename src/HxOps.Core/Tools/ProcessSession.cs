using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace HxOps.Tools;

/// <summary>
/// The living processes of a service: those of its session, and those that carry its invocation mark in their environment, which also
/// finds what has left the session and what a killed starter could not note down.
/// </summary>
/// <param name="LeaderId">Process id of the session's leader, or zero when unknown.</param>
/// <param name="Mark">A variable with a unique value, <c>NAME=value</c>, that the leader was started with.</param>
public sealed record ProcessSession(int LeaderId, string Mark)
{
    private const int MostEnvironment = 1 << 20;

    /// <summary>The living processes, oldest first.</summary>
    public ImmutableArray<ProcessStatus> Living() =>
        [.. ProcessStatus.ReadAll()
            .Where(process => process.IsAlive && process.Id != Environment.ProcessId && BelongsToIt(process))
            .OrderBy(process => process.StartTicks)];

    /// <summary>Sends a signal to the session's leader alone.</summary>
    public void SendToLeader(int signal)
    {
        foreach (var leader in Living().Where(process => process.Id == LeaderId))
        {
            Send(leader, signal);
        }
    }

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

    private bool BelongsToIt(ProcessStatus process) => (LeaderId > 0 && process.SessionId == LeaderId) || CarriesMark(process.Id);

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
