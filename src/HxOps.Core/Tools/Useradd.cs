using HxOps.Deployments;
using HxOps.Errors;
using HxOps.Tools.Processes;

namespace HxOps.Tools;

/// <summary>useradd and groupadd, typed.</summary>
/// <param name="runner">Runs them, on this machine or on another one that its <see cref="HostEntry"/> leads to.</param>
public sealed class Useradd(ProcessRunner runner)
{
    /// <summary>The command line that makes a system account without a home folder in which nobody can log in.</summary>
    public static IReadOnlyList<string> Arguments(ServiceAccount account) =>
        ["--system", "--no-create-home", "--shell", account.Shell, "--gid", account.Group, account.User];

    /// <summary>Makes a system group.</summary>
    /// <exception cref="HxException">groupadd is not there, or failed.</exception>
    public Task MakeGroupAsync(string group, CancellationToken cancellation) =>
        runner.RunCheckedAsync(new ToolCommand("groupadd", ["--system", group]), cancellation);

    /// <summary>Makes the account; its group must exist.</summary>
    /// <exception cref="HxException">useradd is not there, or failed.</exception>
    public Task MakeUserAsync(ServiceAccount account, CancellationToken cancellation) =>
        runner.RunCheckedAsync(new ToolCommand("useradd", Arguments(account)), cancellation);
}
