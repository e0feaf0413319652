using System.Runtime.InteropServices;

namespace HxOps.Tools.Processes;

/// <summary>
/// A child of this process that leads a session of its own. Until it is reaped its id stays taken, even when it has ended, so a signal
/// to its group can never hit a stranger.
/// </summary>
internal sealed unsafe class ChildProcess : IDisposable
{
    private bool _reaped;

    internal ChildProcess(int processId)
    {
        Id = processId;
        Descriptor = Posix.OpenPidDescriptor(processId);
    }

    /// <summary>The process id, which is also the id of its group and session.</summary>
    internal int Id { get; }

    /// <summary>Becomes readable when the process ends; negative where the kernel has no such thing.</summary>
    internal int Descriptor { get; private set; }

    /// <summary>Whether the process has ended. It stays a zombie.</summary>
    internal bool HasEnded()
    {
        var info = stackalloc byte[128];
        new Span<byte>(info, 128).Clear();
        var result = Posix.WaitId(Posix.ById, Id, info, Posix.WaitForEnd | Posix.DoNotBlock | Posix.LeaveZombie);

        // An error is "no such child": the caller's environment ignores SIGCHLD and the kernel has reaped it already.
        return result != 0 || *(int*)(info + 16) == Id;
    }

    /// <summary>Blocks until the process has ended. It stays a zombie.</summary>
    internal void WaitForEnd()
    {
        var info = stackalloc byte[128];
        while (Posix.WaitId(Posix.ById, Id, info, Posix.WaitForEnd | Posix.LeaveZombie) != 0 && Marshal.GetLastPInvokeError() == Posix.EINTR)
        {
        }
    }

    /// <summary>Sends a signal to every process of the group.</summary>
    internal void SignalGroup(int signal)
    {
        if (!_reaped)
        {
            _ = Posix.Kill(-Id, signal);
        }
    }

    /// <summary>Frees the zombie.</summary>
    /// <returns>The exit code; 128 and the signal's number when a signal ended it; 255 when another hand reaped it.</returns>
    internal int Reap()
    {
        int status;
        int result;
        do
        {
            result = Posix.WaitProcess(Id, &status, 0);
        }
        while (result < 0 && Marshal.GetLastPInvokeError() == Posix.EINTR);
        _reaped = true;
        var signal = status & 0x7f;
        return result < 0 ? 255 : signal == 0 ? (status >> 8) & 0xff : 128 + signal;
    }

    public void Dispose()
    {
        if (Descriptor >= 0)
        {
            _ = Posix.Close(Descriptor);
            Descriptor = -1;
        }
    }
}
