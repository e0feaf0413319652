using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Text;
using HxOps.Errors;

namespace HxOps.Tools.Processes;

/// <summary>
/// Starts a child in a session of its own by posix_spawn. <see cref="System.Diagnostics.Process"/> cannot do that, and without it
/// neither a whole tree can be ended by one signal nor a service outlive the terminal that started it.
/// </summary>
internal static unsafe class ProcessSpawner
{
    private const short SetDefaultSignals = 0x04;
    private const short SetSignalMask = 0x08;
    private const short NewSession = 0x80;
    private const int FirstForeignDescriptor = 3;
    private const int WriteOnly = 0x1;
    private const int Create = 0x40;
    private const int Append = 0x400;
    private const uint OwnerOnly = 0x180;

    // Larger than both opaque structures of any C library (glibc: 80 and 336 bytes, a signal set 128).
    private const int OpaqueSize = 1024;

    /// <summary>Starts the child and returns its process id; whoever calls must reap it.</summary>
    /// <exception cref="HxException">The program could not be executed.</exception>
    internal static int Start(SpawnRequest request)
    {
        if (request.WorkingFolder is { } folder && !Directory.Exists(folder))
        {
            throw new HxException(CommonErrors.PathNotFound, folder, $"The working folder '{folder}' of '{request.Program}' does not exist.");
        }

        var memory = (byte*)NativeMemory.AllocZeroed(3 * OpaqueSize);
        void* actions = memory, attributes = memory + OpaqueSize, signals = memory + (2 * OpaqueSize);
        Check(Posix.InitActions(actions));
        Check(Posix.InitAttributes(attributes));
        try
        {
            DescribeDescriptors(actions, request);
            DescribeProcess(attributes, signals);
            return Spawn(request, actions, attributes);
        }
        catch (Win32Exception cause)
        {
            throw new HxException(ToolErrors.Failed, request.Program, $"'{request.Program}' could not be started: {cause.Message}.", cause);
        }
        finally
        {
            _ = Posix.DestroyAttributes(attributes);
            _ = Posix.DestroyActions(actions);
            NativeMemory.Free(memory);
        }
    }

    private static void DescribeDescriptors(void* actions, SpawnRequest request)
    {
        if (request.Input < 0)
        {
            Check(Posix.AddOpen(actions, 0, "/dev/null", 0, 0));
        }
        else
        {
            Check(Posix.AddDuplicate(actions, request.Input, 0));
        }

        if (request.LogFile is { } log)
        {
            Check(Posix.AddOpen(actions, 1, log, WriteOnly | Create | Append, OwnerOnly));
            Check(Posix.AddDuplicate(actions, 1, 2));
        }
        else
        {
            Check(Posix.AddDuplicate(actions, request.Output, 1));
            Check(Posix.AddDuplicate(actions, request.Error, 2));
        }

        if (request.WorkingFolder is { } folder)
        {
            Check(Posix.AddChangeFolder(actions, folder));
        }

        try
        {
            Check(Posix.AddCloseFrom(actions, FirstForeignDescriptor));
        }
        catch (EntryPointNotFoundException)
        {
            // glibc before 2.34: what the runtime and this room open is close-on-exec anyway; this only guards against foreign libraries.
        }
    }

    private static void DescribeProcess(void* attributes, void* signals)
    {
        Check(Posix.SetFlags(attributes, SetDefaultSignals | SetSignalMask | NewSession));

        // The runtime ignores SIGPIPE and an ignored signal stays ignored over exec.
        _ = Posix.FillSignals(signals);
        Check(Posix.SetDefaultSignals(attributes, signals));
        _ = Posix.ClearSignals(signals);
        Check(Posix.SetSignalMask(attributes, signals));
    }

    private static int Spawn(SpawnRequest request, void* actions, void* attributes)
    {
        using var program = new NativeStrings([request.Program]);
        using var arguments = new NativeStrings([request.Name ?? request.Program, .. request.Arguments]);
        using var environment = new NativeStrings(request.Environment.Select(variable => $"{variable.Key}={variable.Value}"));
        int processId;
        var error = Posix.Spawn(&processId, program.Pointer[0], actions, attributes, arguments.Pointer, environment.Pointer);
        return error == 0
            ? processId
            : throw new HxException(ToolErrors.Missing, request.Program,
                $"The program '{request.Program}' could not be executed: {Marshal.GetPInvokeErrorMessage(error)}.");
    }

    private static void Check(int error)
    {
        if (error != 0)
        {
            throw new Win32Exception(error);
        }
    }

    /// <summary>A null-terminated array of C strings.</summary>
    private readonly ref struct NativeStrings
    {
        internal NativeStrings(IEnumerable<string> texts)
        {
            var list = texts.ToList();
            Count = list.Count;
            Pointer = (byte**)NativeMemory.AllocZeroed((nuint)(list.Count + 1), (nuint)sizeof(byte*));
            for (var i = 0; i < list.Count; i++)
            {
                var bytes = Encoding.UTF8.GetBytes(list[i]);
                Pointer[i] = (byte*)NativeMemory.AllocZeroed((nuint)bytes.Length + 1);
                bytes.CopyTo(new Span<byte>(Pointer[i], bytes.Length));
            }
        }

        internal byte** Pointer { get; }

        private int Count { get; }

        public void Dispose()
        {
            for (var i = 0; i < Count; i++)
            {
                NativeMemory.Free(Pointer[i]);
            }

            NativeMemory.Free(Pointer);
        }
    }
}

/// <summary>A child to start: its session is new, its signals are at their defaults and it inherits no descriptor but these.</summary>
/// <param name="Program">Absolute local path of the executable.</param>
/// <param name="Arguments">The arguments after the program's own name.</param>
/// <param name="Environment">The whole environment.</param>
internal sealed record SpawnRequest(string Program, IReadOnlyList<string> Arguments, IReadOnlyDictionary<string, string> Environment)
{
    /// <summary>The name the program sees itself called by, when it is not its path.</summary>
    internal string? Name { get; init; }

    /// <summary>The folder it starts in, or null for the caller's.</summary>
    internal string? WorkingFolder { get; init; }

    /// <summary>Descriptor that becomes standard input; negative for /dev/null.</summary>
    internal int Input { get; init; } = -1;

    /// <summary>Descriptor that becomes standard output, unless there is a log file.</summary>
    internal int Output { get; init; } = -1;

    /// <summary>Descriptor that becomes standard error, unless there is a log file.</summary>
    internal int Error { get; init; } = -1;

    /// <summary>File to which both outputs are appended; made with mode 600 when missing.</summary>
    internal string? LogFile { get; init; }
}
