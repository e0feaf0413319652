using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using HxOps.Errors;
using HxOps.Tools.Processes;

namespace HxOps.Tools;

/// <summary>Reads the history of files from git. Never changes a repository.</summary>
public sealed class Git(ProcessRunner runner)
{
    private const int MostCommits = 200;
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(10);
    private readonly ConcurrentDictionary<string, TreeAccount> _accounts = new(StringComparer.Ordinal);

    /// <summary>The commits that touched a file, newest first; empty when it is not under version control or git is not installed.</summary>
    /// <param name="file">A local path.</param>
    /// <param name="cancellation">Stops the program.</param>
    public async Task<ImmutableArray<GitRevision>> HistoryAsync(string file, CancellationToken cancellation)
    {
        var folder = Path.GetDirectoryName(file)!;
        if (!Directory.Exists(folder))
            return [];

        try
        {
            var log = await runner.RunAsync(await InAsync(folder, cancellation, "log", "--follow", "-n", MostCommits.ToString(CultureInfo.InvariantCulture),
                "--format=%x1e%H%x1f%cI%x1f%s", "--name-only", "--", Path.GetFileName(file)), cancellation);
            return log.Succeeded ? [.. log.Output.Split('\x1e', StringSplitOptions.RemoveEmptyEntries).Select(Revision).OfType<GitRevision>()] : [];
        }
        catch (HxException failure) when (failure.Id == ToolErrors.Missing)
        {
            return [];
        }
    }

    /// <summary>The text of a file as a commit has it.</summary>
    /// <param name="file">A local path in the repository, for its folder.</param>
    /// <param name="revision">One of <see cref="HistoryAsync"/>.</param>
    /// <param name="cancellation">Stops the program.</param>
    /// <returns>Null where the commit removed it.</returns>
    public async Task<string?> ShowAsync(string file, GitRevision revision, CancellationToken cancellation)
    {
        var shown = await runner.RunAsync(await InAsync(Path.GetDirectoryName(file)!, cancellation, "show", $"{revision.Commit}:{revision.Path}"), cancellation);
        return shown.Succeeded ? shown.Output : null;
    }

    /// <summary>Where a work tree stands: commit, branch and changed files, as git tells it in one short text.</summary>
    /// <param name="folder">The work tree, a local folder.</param>
    /// <param name="cancellation">Stops the program.</param>
    /// <exception cref="HxException">It is no work tree, or git is not installed.</exception>
    public async Task<string> StateAsync(string folder, CancellationToken cancellation)
    {
        if (!Directory.Exists(folder))
            throw new HxException(CommonErrors.PathNotFound, folder, $"There is no folder {folder}.");

        var head = await runner.RunCheckedAsync(await InAsync(folder, cancellation, "log", "-1", "--format=%H %cI %s"), cancellation);
        var status = await runner.RunCheckedAsync(await InAsync(folder, cancellation, "status", "--short", "--branch"), cancellation);
        return head.Output + status.Output;
    }

    // safe.directory: root reads a repository that another account owns; hooks and pagers of a foreign repository must not run.
    private async Task<ToolCommand> InAsync(string folder, CancellationToken cancellation, params string[] arguments)
    {
        if (!_accounts.TryGetValue(folder, out var account))
            account = _accounts[folder] = await TreeAccount.OfAsync(runner, folder, cancellation);

        var command = account.Command(["-c", "safe.directory=*", "-c", "core.fsmonitor=false", "-c", "log.showSignature=false", "--no-pager", "--no-optional-locks", .. arguments]);
        return command with
        {
            WorkingFolder = folder,
            Deadline = Deadline,
            Environment = new Dictionary<string, string>(command.Environment) { ["GIT_TERMINAL_PROMPT"] = "0", ["LC_ALL"] = "C.UTF-8" },
        };
    }

    // A subject may hold any character, those that part commits and fields among them: the rest of one is no commit.
    private static GitRevision? Revision(string block)
    {
        var lines = block.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return lines is [var head, .., var path] && head.Split('\x1f', 3) is [var commit, var time, var subject]
            && DateTimeOffset.TryParse(time, CultureInfo.InvariantCulture, out var committed)
            ? new GitRevision(commit, committed, subject, path)
            : null;
    }
}

/// <summary>A commit that touched a file.</summary>
/// <param name="Commit">Its full name.</param>
/// <param name="CommittedAt">When it was committed.</param>
/// <param name="Subject">The first line of its message.</param>
/// <param name="Path">The file's path in the repository at that commit.</param>
public sealed record GitRevision(string Commit, DateTimeOffset CommittedAt, string Subject, string Path);
