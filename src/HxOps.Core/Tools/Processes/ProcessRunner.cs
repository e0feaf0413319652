using System.Collections;
using System.ComponentModel;
using HxOps.Errors;

namespace HxOps.Tools.Processes;

/// <summary>
/// Runs a program to its end: no shell, no terminal, bounded outputs, a deadline. When the deadline passes or the caller gives up, the
/// program's whole process group is asked to end (SIGTERM), and after two seconds made to (SIGKILL). Nothing of it is left behind.
/// </summary>
/// <param name="entry">Where programs run: on this machine, or in another mount and process namespace.</param>
public sealed class ProcessRunner(HostEntry entry)
{
    private const int QuotedErrorLines = 8;

    /// <summary>Runs programs on this machine.</summary>
    public ProcessRunner()
        : this(HostEntry.Direct)
    {
    }

    /// <summary>Runs the program; any exit code is a result.</summary>
    /// <exception cref="HxException"><see cref="ToolErrors.Missing"/>, <see cref="ToolErrors.TimedOut"/>, or
    /// <see cref="CommonErrors.PathNotFound"/> for the working folder.</exception>
    /// <exception cref="OperationCanceledException">The caller gave up; the program has been ended.</exception>
    public async Task<ToolResult> RunAsync(ToolCommand command, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var environment = Inherited(command.Environment);
        var (program, arguments) = entry.Enter(command);
        var request = new SpawnRequest(ProgramFinder.Find(program, environment), arguments, environment)
        {
            WorkingFolder = command.WorkingFolder,
        };
        using var pipes = OpenPipes(command);
        using var child = new ChildProcess(ProcessSpawner.Start(pipes.Join(request, command)));
        pipes.CloseChildEnds();
        var pump = new ProcessPump(child, pipes, command);
        ToolResult result;
        await using (cancellation.Register(pipes.Interrupt))
        {
            // A thread of its own: the pump blocks, and the pool's threads are for those who do not.
            result = await Task.Factory.StartNew(pump.Run, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        }

        return pump.Ended switch
        {
            EndReason.Cancelled => throw new OperationCanceledException(cancellation),
            EndReason.Deadline => throw new HxException(ToolErrors.TimedOut, command.Program,
                $"'{command.Display}' did not end within {command.Deadline.TotalSeconds:0.###} s and was killed.{Said(result)}"),
            _ => result,
        };
    }

    /// <summary>Runs the program and takes any exit code but zero for a failure.</summary>
    /// <exception cref="HxException">As <see cref="RunAsync"/>, and <see cref="ToolErrors.Failed"/> with the program's last words.</exception>
    /// <inheritdoc cref="RunAsync"/>
    public async Task<ToolResult> RunCheckedAsync(ToolCommand command, CancellationToken cancellation)
    {
        var result = await RunAsync(command, cancellation);
        return result.Succeeded
            ? result
            : throw Failure(command, result);
    }

    /// <summary>The failure that an exit code stands for, with the program's last words.</summary>
    internal static HxException Failure(ToolCommand command, ToolResult result) =>
        new(ToolErrors.Failed, command.Program, $"'{command.Display}' exited with {result.ExitCode}.{Said(result)}");

    private static ProcessPipes OpenPipes(ToolCommand command)
    {
        try
        {
            return new ProcessPipes();
        }
        catch (Win32Exception cause)
        {
            throw new HxException(ToolErrors.Failed, command.Program, $"'{command.Display}' could not be started: {cause.Message}.", cause);
        }
    }

    private static Dictionary<string, string> Inherited(IReadOnlyDictionary<string, string> changes)
    {
        var environment = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
        {
            environment[(string)variable.Key] = (string?)variable.Value ?? "";
        }

        foreach (var (name, value) in changes)
        {
            environment[name] = value;
        }

        return environment;
    }

    /// <summary>The last words of a program, as a sentence that follows another.</summary>
    internal static string Said(ToolResult result)
    {
        var words = string.IsNullOrWhiteSpace(result.Error) ? result.Output : result.Error;
        var lines = words.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return lines.Length == 0 ? " It said nothing." : $" It said: {string.Join(" | ", lines.TakeLast(QuotedErrorLines))}";
    }
}
