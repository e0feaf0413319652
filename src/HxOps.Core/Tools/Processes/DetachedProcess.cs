using System.Collections.Immutable;
using HxOps.Errors;

namespace HxOps.Tools.Processes;

/// <summary>
/// A process that outlives the one that started it: session leader, output appended to a log file, an exact environment. As long as the
/// starter lives it also reaps it and learns its exit code.
/// </summary>
public sealed class DetachedProcess
{
    private DetachedProcess(ProcessIdentity identity, Task<int> exited)
    {
        Identity = identity;
        Exited = exited;
    }

    /// <summary>Which process it is; its id is also that of its group and session.</summary>
    public ProcessIdentity Identity { get; }

    /// <summary>Ends with the exit code when the process has ended and is reaped; 128 and the signal's number when a signal ended it.</summary>
    public Task<int> Exited { get; }

    /// <summary>Starts it; when this returns, the program has been executed.</summary>
    /// <exception cref="HxException"><see cref="ToolErrors.Missing"/> when it cannot be executed,
    /// <see cref="CommonErrors.PathNotFound"/> for the working folder.</exception>
    public static DetachedProcess Start(DetachedStart start)
    {
        var child = new ChildProcess(ProcessSpawner.Start(new SpawnRequest(start.Program, start.Arguments, start.Environment)
        {
            Name = start.Name,
            WorkingFolder = start.WorkingFolder,
            LogFile = start.LogFile,
        }));
        if (start.MostOpenFiles is { } most)
        {
            LimitOpenFiles(child.Id, most);
        }

        // An ended child that nobody has reaped still has its status, so the identity is there even if it ended at once.
        var identity = ProcessIdentity.Of(child.Id) ?? new ProcessIdentity(child.Id, -1, "");
        return new DetachedProcess(identity, Task.Factory.StartNew(() => Wait(child), CancellationToken.None,
            TaskCreationOptions.LongRunning, TaskScheduler.Default));
    }

    private static int Wait(ChildProcess child)
    {
        using (child)
        {
            child.WaitForEnd();
            return child.Reap();
        }
    }

    /// <summary>Best effort: an unprivileged caller may not raise the hard limit, and gets as much as it may have.</summary>
    private static unsafe void LimitOpenFiles(int processId, ulong most)
    {
        Posix.ResourceLimit present;
        if (Posix.ProcessLimit(processId, Posix.OpenFilesLimit, null, &present) != 0)
        {
            return;
        }

        var wanted = new Posix.ResourceLimit { Soft = most, Hard = most };
        if (Posix.ProcessLimit(processId, Posix.OpenFilesLimit, &wanted, null) != 0)
        {
            wanted = new Posix.ResourceLimit { Soft = Math.Min(most, present.Hard), Hard = present.Hard };
            _ = Posix.ProcessLimit(processId, Posix.OpenFilesLimit, &wanted, null);
        }
    }
}

/// <summary>A process to start that shall outlive its starter.</summary>
/// <param name="Program">Absolute local path of the executable.</param>
/// <param name="Arguments">The arguments after the program's own name.</param>
/// <param name="Environment">The whole environment.</param>
/// <param name="LogFile">Local path of the file to which both outputs are appended; made with mode 600 when missing.</param>
public sealed record DetachedStart(
    string Program,
    ImmutableArray<string> Arguments,
    ImmutableDictionary<string, string> Environment,
    string LogFile)
{
    /// <summary>The name the program sees itself called by, when it is not its path.</summary>
    public string? Name { get; init; }

    /// <summary>The folder it starts in, or null for the caller's.</summary>
    public string? WorkingFolder { get; init; }

    /// <summary>The most files it may have open, or null for the caller's limit.</summary>
    public ulong? MostOpenFiles { get; init; }
}
