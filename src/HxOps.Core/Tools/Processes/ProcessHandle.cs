using HxOps.Errors;
using HxOps.Files;
using Microsoft.Win32.SafeHandles;

namespace HxOps.Tools.Processes;

/// <summary>
/// One process, held by its open folder in <c>/proc</c>: whoever gets its id later has another folder, so that a signal reaches this process
/// or none. Unlike a descriptor for an id it also works for the processes of a machine in namespaces of its own.
/// </summary>
internal sealed class ProcessHandle : IDisposable
{
    private const int NoSuchProcess = 3;
    private readonly SafeFileHandle _folder;
    private readonly string _path;

    private ProcessHandle(SafeFileHandle folder, string path)
    {
        _folder = folder;
        _path = path;
    }

    /// <summary>The process with this id and start, or null when it has ended.</summary>
    internal static ProcessHandle? Open(ProcessFolder processes, int processId, long startTicks)
    {
        var path = processes.Of(processId);
        var folder = Files.Native.Posix.Open(path, Files.Native.Posix.O_RDONLY | Files.Native.Posix.O_DIRECTORY);

        // Looked at after the folder was opened: who has the id now with that start had it then, too.
        if (folder is not null && ProcessStatus.Read(processes.Path, processId) is { IsAlive: true } status && status.StartTicks == startTicks)
            return new ProcessHandle(folder, path);

        folder?.Dispose();
        return null;
    }

    /// <summary>Sends a signal; one that has ended takes none.</summary>
    /// <exception cref="HxException"><see cref="CommonErrors.AccessDenied"/> when it belongs to somebody else.</exception>
    internal void Send(int signal)
    {
        if (Posix.SendSignal((int)_folder.DangerousGetHandle(), signal) < 0 && Files.Native.Posix.LastError is not NoSuchProcess and var errno)
            throw FileFailure.FromErrno(errno, _path, "send a signal to");
    }

    /// <inheritdoc/>
    public void Dispose() => _folder.Dispose();
}
