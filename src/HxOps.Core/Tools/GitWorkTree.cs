using HxOps.Errors;
using HxOps.Tools.Processes;

namespace HxOps.Tools;

/// <summary>Puts one git work tree at another version. It never asks at the terminal, and runs no hook of the repository.</summary>
/// <param name="runner">Runs programs.</param>
/// <param name="folder">The work tree, a local folder.</param>
/// <param name="deadline">The longest that one call may take.</param>
/// <param name="environment">Variables for git besides its own.</param>
internal sealed class GitWorkTree(ProcessRunner runner, string folder, TimeSpan deadline, IReadOnlyDictionary<string, string> environment)
{
    private const int NoSuchName = 1;
    private TreeAccount? _account;

    // safe.directory: a tree that belongs to another account where that account cannot do the work itself. The plan names the tree, so it is meant.
    private static readonly string[] NoHooks = ["-c", "safe.directory=*", "-c", "core.hooksPath=/dev/null", "-c", "core.fsmonitor=false"];

    /// <summary>Paths with changes that a checkout could lose; untracked files are none of them.</summary>
    public async Task<IReadOnlyList<string>> ChangedAsync(CancellationToken cancellation) =>
        (await CheckedAsync(["status", "--porcelain", "--untracked-files=no"], cancellation))
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Length > 3 ? line[3..] : line)
            .ToList();

    /// <summary>The commit that a name means, or null when it means none.</summary>
    /// <exception cref="HxException">ToolFailed with git's own words: the folder is no work tree, or git will not work in it.</exception>
    public async Task<string?> CommitAsync(string reference, CancellationToken cancellation)
    {
        var command = await CommandAsync(["rev-parse", "--verify", "--quiet", "--end-of-options", reference + "^{commit}"], cancellation);
        var result = await runner.RunAsync(command, cancellation);
        return result.Succeeded ? result.Output.Trim() : result.ExitCode == NoSuchName ? null : throw ProcessRunner.Failure(command, result);
    }

    /// <summary>Whether a remote has a branch or tag of that name.</summary>
    public async Task<bool> IsAtAsync(string remote, string reference, CancellationToken cancellation) =>
        (await CheckedAsync(["ls-remote", "--quiet", "--end-of-options", remote, reference], cancellation)).Length > 0;

    /// <summary>Sees that nothing in the work tree would keep git from checking a commit out; changes nothing.</summary>
    /// <exception cref="HxException">ToolFailed with git's own words.</exception>
    public Task TryDetachAsync(string commit, CancellationToken cancellation) => CheckedAsync(["read-tree", "--dry-run", "-m", "-u", "HEAD", commit], cancellation);

    /// <summary>The branch that is checked out, or null when the head is detached.</summary>
    public async Task<string?> BranchAsync(CancellationToken cancellation)
    {
        var result = await runner.RunAsync(await CommandAsync(["symbolic-ref", "--quiet", "--short", "HEAD"], cancellation), cancellation);
        return result.Succeeded ? result.Output.Trim() : null;
    }

    /// <summary>Gets branches and tags of a remote.</summary>
    public Task FetchAsync(string remote, CancellationToken cancellation) => CheckedAsync(["fetch", "--quiet", "--tags", "--end-of-options", remote], cancellation);

    /// <summary>Puts the work tree at a commit, without a branch.</summary>
    public Task DetachAsync(string commit, CancellationToken cancellation) => CheckedAsync(["checkout", "--quiet", "--detach", commit], cancellation);

    /// <summary>Puts the work tree back on a branch.</summary>
    public Task SwitchAsync(string branch, CancellationToken cancellation) => CheckedAsync(["switch", "--quiet", branch], cancellation);

    private async Task<string> CheckedAsync(IReadOnlyList<string> arguments, CancellationToken cancellation) =>
        (await runner.RunCheckedAsync(await CommandAsync(arguments, cancellation), cancellation)).Output;

    private async Task<ToolCommand> CommandAsync(IReadOnlyList<string> arguments, CancellationToken cancellation)
    {
        _account ??= await TreeAccount.OfAsync(runner, folder, cancellation);
        var command = _account.Command([.. NoHooks, .. arguments]);
        return command with
        {
            WorkingFolder = folder,
            Deadline = deadline,
            Environment = new Dictionary<string, string>(environment.Concat(command.Environment)) { ["GIT_TERMINAL_PROMPT"] = "0", ["LC_ALL"] = "C" },
        };
    }
}
