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
            // %x1f parts the fields: no subject can hold it, unlike a tab.
            var log = await runner.RunAsync(In(folder, "log", "--follow", "-n", MostCommits.ToString(CultureInfo.InvariantCulture),
                "--format=%x1e%H%x1f%cI%x1f%s", "--name-only", "--", Path.GetFileName(file)), cancellation);
            return log.Succeeded ? [.. log.Output.Split('\x1e', StringSplitOptions.RemoveEmptyEntries).Select(Revision)] : [];
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
        var shown = await runner.RunAsync(In(Path.GetDirectoryName(file)!, "show", $"{revision.Commit}:{revision.Path}"), cancellation);
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

        var head = await runner.RunCheckedAsync(In(folder, "log", "-1", "--format=%H %cI %s"), cancellation);
        var status = await runner.RunCheckedAsync(In(folder, "status", "--short", "--branch"), cancellation);
        return head.Output + status.Output;
    }

    // safe.directory: root reads a repository that the gateway's account owns; hooks and pagers of a foreign repository must not run.
    private static ToolCommand In(string folder, params ReadOnlySpan<string> arguments) =>
        new("git", ["-c", "safe.directory=*", "-c", "core.fsmonitor=false", "--no-pager", "--no-optional-locks", .. arguments])
        {
            WorkingFolder = folder,
            Deadline = Deadline,
            Environment = new Dictionary<string, string> { ["GIT_TERMINAL_PROMPT"] = "0", ["LC_ALL"] = "C.UTF-8" },
        };

    private static GitRevision Revision(string block)
    {
        var lines = block.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var fields = lines[0].Split('\x1f');
        return new GitRevision(fields[0], DateTimeOffset.Parse(fields[1], CultureInfo.InvariantCulture), fields[2], lines[^1]);
    }
}

/// <summary>A commit that touched a file.</summary>
/// <param name="Commit">Its full name.</param>
/// <param name="CommittedAt">When it was committed.</param>
/// <param name="Subject">The first line of its message.</param>
/// <param name="Path">The file's path in the repository at that commit.</param>
public sealed record GitRevision(string Commit, DateTimeOffset CommittedAt, string Subject, string Path);
