using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace HxOps.Tools.Processes;

/// <summary>
/// Looks after one running program on a thread of its own: feeds its input, drains both outputs, and ends its whole group, politely and
/// then by force, when its deadline passes or its caller gives up. One poll loop, so nothing here can wait for something unread.
/// </summary>
internal sealed unsafe class ProcessPump(ChildProcess child, ProcessPipes pipes, ToolCommand command)
{
    /// <summary>How long a program may tidy up after it was asked to end.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    /// <summary>How long to wait for outputs that outlive the program because a child of it holds them open.</summary>
    private static readonly TimeSpan Drain = TimeSpan.FromSeconds(1);

    private const int ChunkSize = 64 * 1024;
    private const int Terminate = 15;
    private const int ForceEnd = 9;

    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private readonly byte[] _chunk = new byte[ChunkSize];
    private readonly byte[] _input = command.Input is null ? [] : Encoding.UTF8.GetBytes(command.Input);
    private readonly OutputBuffer _output = new(command.MostOutput, KeptPart.Beginning);
    private readonly OutputBuffer _error = new(command.MostOutput, KeptPart.End);
    private readonly LineSplitter? _lines = command.LineReceived is { } receive ? new LineSplitter(receive) : null;
    private int _written;
    private TimeSpan? _endedAt;
    private Phase _phase = Phase.Running;
    private TimeSpan _nextStep = command.Deadline == Timeout.InfiniteTimeSpan ? TimeSpan.MaxValue : command.Deadline;

    private enum Phase
    {
        Running,
        Terminating,
        Killing,
        GivenUp,
    }

    /// <summary>Why the program was ended, or null when it ended by itself.</summary>
    internal EndReason? Ended { get; private set; }

    /// <summary>Runs until the program has ended and is reaped.</summary>
    internal ToolResult Run()
    {
        CloseInputWhenDone();
        while (!IsFinished())
        {
            Wait();
            Step();
        }

        if (Ended is not null)
        {
            child.SignalGroup(ForceEnd);
        }

        var exitCode = _phase == Phase.GivenUp ? 128 + ForceEnd : child.Reap();
        return new ToolResult(exitCode, _output.Text(), _error.Text(), _watch.Elapsed) { IsTruncated = _output.IsTruncated };
    }

    private bool IsFinished()
    {
        if (_phase == Phase.GivenUp)
        {
            return true;
        }

        if (_endedAt is null && child.HasEnded())
        {
            _endedAt = _watch.Elapsed;
        }

        return _endedAt is { } at && (!pipes.HasOutput || _watch.Elapsed - at >= (Ended is null ? Drain : Grace));
    }

    private void Wait()
    {
        var entries = stackalloc Posix.PollEntry[5];
        var count = 0;
        entries[count++] = new() { Descriptor = pipes.Output, Wanted = Posix.PollIn };
        entries[count++] = new() { Descriptor = pipes.Error, Wanted = Posix.PollIn };
        entries[count++] = new() { Descriptor = pipes.Input, Wanted = Posix.PollOut };
        entries[count++] = new() { Descriptor = _endedAt is null ? child.Descriptor : -1, Wanted = Posix.PollIn };
        entries[count++] = new() { Descriptor = Ended is null ? pipes.Wake : -1, Wanted = Posix.PollIn };
        if (Posix.Poll(entries, (nuint)count, Patience()) <= 0)
        {
            return;
        }

        if (entries[0].Seen != 0 && !Read(pipes.Output, _output))
        {
            pipes.CloseOutput();
        }

        if (entries[1].Seen != 0 && !Read(pipes.Error, _error))
        {
            pipes.CloseError();
        }

        if (entries[2].Seen != 0)
        {
            Feed();
        }

        if (entries[4].Seen != 0)
        {
            End(EndReason.Cancelled);
        }
    }

    /// <summary>Milliseconds until something has to be done; short where the kernel cannot tell of the program's end.</summary>
    private int Patience()
    {
        var until = _endedAt is { } at ? at + (Ended is null ? Drain : Grace) : _nextStep;
        var milliseconds = Math.Clamp((until - _watch.Elapsed).TotalMilliseconds + 1, 0, 60_000);
        return child.Descriptor < 0 && _endedAt is null ? (int)Math.Min(milliseconds, 10) : (int)milliseconds;
    }

    private void Step()
    {
        if (_endedAt is not null || _watch.Elapsed < _nextStep)
        {
            return;
        }

        switch (_phase)
        {
            case Phase.Running:
                End(EndReason.Deadline);
                break;
            case Phase.Terminating:
                child.SignalGroup(ForceEnd);
                Enter(Phase.Killing);
                break;
            default:
                // Not even SIGKILL ends a process that hangs in the kernel: leave it rather than hang with it.
                _phase = Phase.GivenUp;
                break;
        }
    }

    private void End(EndReason reason)
    {
        Ended = reason;
        child.SignalGroup(Terminate);
        Enter(Phase.Terminating);
    }

    private void Enter(Phase phase)
    {
        _phase = phase;
        _nextStep = _watch.Elapsed + Grace;
    }

    private bool Read(int descriptor, OutputBuffer buffer)
    {
        fixed (byte* chunk = _chunk)
        {
            var count = Posix.Read(descriptor, chunk, ChunkSize);
            if (count > 0 && buffer == _output && _lines is not null)
            {
                _lines.Add(_chunk.AsSpan(0, (int)count));
            }
            else if (count > 0)
            {
                buffer.Add(_chunk.AsSpan(0, (int)count));
            }

            return count > 0 || (count < 0 && IsTransient());
        }
    }

    private void Feed()
    {
        fixed (byte* input = _input)
        {
            var count = Posix.Write(pipes.Input, input + _written, (nuint)(_input.Length - _written));
            if (count > 0)
            {
                _written += (int)count;
            }
            else if (!IsTransient())
            {
                // The program does not want the rest; that is its business.
                _written = _input.Length;
            }
        }

        CloseInputWhenDone();
    }

    private void CloseInputWhenDone()
    {
        if (_written >= _input.Length)
        {
            pipes.CloseInput();
        }
    }

    private static bool IsTransient() => Marshal.GetLastPInvokeError() is Posix.EINTR or Posix.EAGAIN;
}

/// <summary>Why a program was ended before it ended by itself.</summary>
internal enum EndReason
{
    /// <summary>Its time was over.</summary>
    Deadline,

    /// <summary>The caller gave up.</summary>
    Cancelled,
}
