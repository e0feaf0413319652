using System.Runtime.InteropServices;

namespace HxOps.Tools.Processes;

/// <summary>The calls of the C library that starting, watching and ending processes needs.</summary>
internal static unsafe partial class Posix
{
    internal const int EINTR = 4;
    internal const int EAGAIN = 11;

    internal const short PollIn = 0x1;
    internal const short PollOut = 0x4;

    /// <summary>Leaves an ended child as a zombie, so that its process id cannot be given to another process yet.</summary>
    internal const int LeaveZombie = 0x01000000;
    internal const int DoNotBlock = 0x1;
    internal const int WaitForEnd = 0x4;
    internal const int ById = 1;

    internal const int CloseOnExec = 0x80000;
    internal const int NonBlocking = 0x800;
    internal const int DuplicateCloseOnExec = 1030;
    internal const int SetStatusFlags = 4;
    internal const int OpenFilesLimit = 7;
    internal const int MayExecute = 1;

    private const nint SystemCallSendSignal = 424;
    private const nint SystemCallOpenPid = 434;

    [StructLayout(LayoutKind.Sequential)]
    internal struct PollEntry
    {
        internal int Descriptor;
        internal short Wanted;
        internal short Seen;
    }

    [StructLayout(LayoutKind.Sequential)]
    internal struct ResourceLimit
    {
        internal ulong Soft;
        internal ulong Hard;
    }

    [LibraryImport("libc", EntryPoint = "access", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    internal static partial int Access(string path, int mode);

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    internal static partial int Kill(int processId, int signal);

    [LibraryImport("libc", EntryPoint = "waitid", SetLastError = true)]
    internal static partial int WaitId(int kind, int id, byte* info, int options);

    [LibraryImport("libc", EntryPoint = "waitpid", SetLastError = true)]
    internal static partial int WaitProcess(int processId, int* status, int options);

    [LibraryImport("libc", EntryPoint = "pipe2", SetLastError = true)]
    internal static partial int Pipe(int* ends, int flags);

    [LibraryImport("libc", EntryPoint = "eventfd", SetLastError = true)]
    internal static partial int EventDescriptor(uint initial, int flags);

    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    internal static partial int Poll(PollEntry* entries, nuint count, int milliseconds);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    internal static partial nint Read(int descriptor, byte* buffer, nuint count);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    internal static partial nint Write(int descriptor, byte* buffer, nuint count);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    internal static partial int Close(int descriptor);

    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    internal static partial int Control(int descriptor, int command, int argument);

    [LibraryImport("libc", EntryPoint = "prlimit", SetLastError = true)]
    internal static partial int ProcessLimit(int processId, int resource, ResourceLimit* wanted, ResourceLimit* previous);

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    private static partial nint SystemCall(nint number, nint first, nint second, nint third, nint fourth);

    /// <summary>A descriptor that becomes readable when the process ends; negative on kernels before 5.3.</summary>
    internal static int OpenPidDescriptor(int processId) => (int)SystemCall(SystemCallOpenPid, processId, 0, 0, 0);

    /// <summary>Sends a signal to the very process that a descriptor was opened for.</summary>
    internal static int SendSignal(int pidDescriptor, int signal) => (int)SystemCall(SystemCallSendSignal, pidDescriptor, signal, 0, 0);

    [LibraryImport("libc", EntryPoint = "sigemptyset")]
    internal static partial int ClearSignals(void* set);

    [LibraryImport("libc", EntryPoint = "sigfillset")]
    internal static partial int FillSignals(void* set);

    [LibraryImport("libc", EntryPoint = "posix_spawn")]
    internal static partial int Spawn(int* processId, byte* path, void* actions, void* attributes, byte** arguments, byte** environment);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_init")]
    internal static partial int InitAttributes(void* attributes);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_destroy")]
    internal static partial int DestroyAttributes(void* attributes);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_setflags")]
    internal static partial int SetFlags(void* attributes, short flags);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_setsigdefault")]
    internal static partial int SetDefaultSignals(void* attributes, void* set);

    [LibraryImport("libc", EntryPoint = "posix_spawnattr_setsigmask")]
    internal static partial int SetSignalMask(void* attributes, void* set);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_init")]
    internal static partial int InitActions(void* actions);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_destroy")]
    internal static partial int DestroyActions(void* actions);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_adddup2")]
    internal static partial int AddDuplicate(void* actions, int from, int to);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_addopen", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int AddOpen(void* actions, int descriptor, string path, int flags, uint mode);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_addchdir_np", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int AddChangeFolder(void* actions, string path);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_addclosefrom_np")]
    internal static partial int AddCloseFrom(void* actions, int first);
}
