using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace HxOps.Tools.Processes;

/// <summary>Our ends and the child's ends of its three standard streams, and the descriptor by which a caller wakes the pump.</summary>
internal sealed unsafe class ProcessPipes : IDisposable
{
    private const int FirstFreeDescriptor = 3;
    private int _childInput;
    private int _childOutput;
    private int _childError;

    internal ProcessPipes()
    {
        _childInput = _childOutput = _childError = Input = Output = Error = Wake = -1;
        try
        {
            (_childInput, Input) = Open();
            (Output, _childOutput) = Open();
            (Error, _childError) = Open();
            Wake = Checked(Posix.EventDescriptor(0, Posix.CloseOnExec | Posix.NonBlocking));
            Checked(Posix.Control(Input, Posix.SetStatusFlags, Posix.NonBlocking));
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    internal int Input { get; private set; }

    internal int Output { get; private set; }

    internal int Error { get; private set; }

    internal int Wake { get; private set; }

    internal bool HasOutput => Output >= 0 || Error >= 0;

    internal SpawnRequest Join(SpawnRequest request, ToolCommand command) => request with
    {
        Input = Descriptor(command.InputFile) ?? _childInput,
        Output = Descriptor(command.OutputFile) ?? _childOutput,
        Error = _childError,
    };

    /// <summary>Closes the child's ends after it was started; only then do our ends see its end.</summary>
    internal void CloseChildEnds()
    {
        _childInput = Closed(_childInput);
        _childOutput = Closed(_childOutput);
        _childError = Closed(_childError);
    }

    internal void CloseInput() => Input = Closed(Input);

    internal void CloseOutput() => Output = Closed(Output);

    internal void CloseError() => Error = Closed(Error);

    /// <summary>Tells the pump that the caller gives up. Safe on any thread until disposed.</summary>
    internal void Interrupt()
    {
        ulong one = 1;
        _ = Posix.Write(Wake, (byte*)&one, sizeof(ulong));
    }

    public void Dispose()
    {
        CloseChildEnds();
        CloseInput();
        CloseOutput();
        CloseError();
        Wake = Closed(Wake);
    }

    private static int? Descriptor(SafeFileHandle? file) => (int?)file?.DangerousGetHandle();

    private static (int Reader, int Writer) Open()
    {
        var ends = stackalloc int[2];
        Checked(Posix.Pipe(ends, Posix.CloseOnExec));
        return (Raise(ends[0]), Raise(ends[1]));
    }

    /// <summary>Moves a descriptor out of 0 to 2, which the child's streams take and which a caller may have closed.</summary>
    private static int Raise(int descriptor)
    {
        if (descriptor >= FirstFreeDescriptor)
        {
            return descriptor;
        }

        var raised = Checked(Posix.Control(descriptor, Posix.DuplicateCloseOnExec, FirstFreeDescriptor));
        _ = Posix.Close(descriptor);
        return raised;
    }

    private static int Checked(int result) => result >= 0 ? result : throw new Win32Exception(Marshal.GetLastPInvokeError());

    private static int Closed(int descriptor)
    {
        if (descriptor >= 0)
        {
            _ = Posix.Close(descriptor);
        }

        return -1;
    }
}
