using System.Collections.Immutable;
using System.Globalization;
using HxOps.Errors;
using HxOps.Files;
using HxOps.Files.Accounts;
using HxOps.Files.Metadata;
using HxOps.Tools.Processes;

namespace HxOps.Tools;

/// <summary>
/// As whom git works in a tree. Root in the tree of another account would leave files there that this account can change no more, and would
/// run what the account has put into the repository's configuration, such as a filter.
/// </summary>
internal sealed class TreeAccount
{
    private const string Program = "setpriv";

    // In the work tree only folders count: a file in a folder of one's own can be replaced. Git also appends to files of its own.
    private static readonly string[] Foreign = [".", "-xdev", "(", "-type", "d", "-o", "-path", "./.git/*", ")"];
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(10);
    private static readonly TreeAccount Caller = new([], ImmutableDictionary<string, string>.Empty);

    private readonly ImmutableArray<string> _words;
    private readonly ImmutableDictionary<string, string> _environment;

    private TreeAccount(ImmutableArray<string> words, ImmutableDictionary<string, string> environment) => (_words, _environment) = (words, environment);

    /// <summary>The account that owns a tree, where the caller is root and that account may change all of it; else the caller.</summary>
    /// <param name="runner">Runs programs.</param>
    /// <param name="folder">The tree or a folder of it, a local path.</param>
    /// <param name="cancellation">Stops looking.</param>
    internal static async Task<TreeAccount> OfAsync(ProcessRunner runner, string folder, CancellationToken cancellation)
    {
        // With a dot behind it a link to a folder is that folder.
        if (!Environment.IsPrivilegedProcess || new MetadataReader(new AccountDirectory()).TryRead(Path.Combine(folder, ".")) is not { UserId: not 0 } owner)
            return Caller;

        var account = Of(owner);
        try
        {
            // A checkout that is refused half-way would leave a mix of two versions: what only root may change is found out before.
            var foreign = await runner.RunAsync(new ToolCommand("find", [.. Foreign, "!", "-uid", Text(owner.UserId), "-print", "-quit"]) { WorkingFolder = folder, Deadline = Deadline }, cancellation);
            var trial = account.Command(["rev-parse", "--git-dir"]) with { WorkingFolder = folder, Deadline = Deadline };
            return foreign is { Succeeded: true, Output: "" } && (await runner.RunAsync(trial, cancellation)).Succeeded ? account : Caller;
        }
        catch (HxException failure) when (failure.Id == ToolErrors.Missing || failure.Id == ToolErrors.TimedOut)
        {
            return Caller;
        }
    }

    /// <summary>A call of git.</summary>
    internal ToolCommand Command(IReadOnlyList<string> arguments) => _words.IsEmpty
        ? new ToolCommand("git", arguments)
        : new ToolCommand(Program, [.. _words, "--", "git", .. arguments]) { Environment = _environment };

    private static TreeAccount Of(FileMetadata owner)
    {
        var directory = new AccountDirectory();
        var name = directory.UserName(owner.UserId);
        var home = (name is null ? null : new HostAccounts(HostRoot.Machine).User(name)?.Home) is { Length: > 0 } known ? known : "/nonexistent";
        ImmutableArray<string> words =
        [
            "--reuid", Text(owner.UserId), "--regid", Text(directory.PrimaryGroupId(owner.UserId) ?? owner.GroupId), name is null ? "--clear-groups" : "--init-groups",
        ];
        return new TreeAccount(words, ImmutableDictionary<string, string>.Empty
            .Add("HOME", home).Add("XDG_CONFIG_HOME", home + "/.config").Add("USER", name ?? Text(owner.UserId)).Add("LOGNAME", name ?? Text(owner.UserId)));
    }

    private static string Text(uint number) => number.ToString(CultureInfo.InvariantCulture);
}
