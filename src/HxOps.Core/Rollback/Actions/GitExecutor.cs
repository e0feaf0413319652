using System.Collections.Immutable;
using HxOps.Errors;
using HxOps.Rollback.Plans;
using HxOps.Rollback.Running;
using HxOps.Tools;
using HxOps.Tools.Processes;

namespace HxOps.Rollback.Actions;

/// <summary>Puts work trees at a version, and proves where they stand. A tree with changes is refused: a checkout would lose or mix them.</summary>
internal sealed class GitExecutor(ProcessRunner runner) : ActionExecutor<GitAction>
{
    private const string BranchNote = "branch";
    private const string CommitNote = "commit";

    /// <inheritdoc/>
    protected override ActionEffect Effect(GitAction action) => action.Verb == GitVerb.Verify ? ActionEffect.None : ActionEffect.Reversible;

    /// <inheritdoc/>
    protected override RepeatRule Repeat(GitAction action) => RepeatRule.Harmless;

    /// <inheritdoc/>
    protected override async Task<ImmutableSortedDictionary<string, string>?> PrepareAsync(GitAction action, ActionScope scope, CancellationToken cancellation)
    {
        if (action.Verb == GitVerb.Verify)
        {
            return null;
        }

        var git = At(action, scope);
        return ImmutableSortedDictionary<string, string>.Empty
            .Add(CommitNote, await HeadAsync(git, action, cancellation))
            .Add(BranchNote, await git.BranchAsync(cancellation) ?? "");
    }

    /// <inheritdoc/>
    protected override async Task<string> DoAsync(GitAction action, ActionScope scope, CancellationToken cancellation)
    {
        var git = At(action, scope);
        var commit = await FindAsync(git, action, cancellation);
        if (action.Verb == GitVerb.Verify)
        {
            await git.TryDetachAsync(commit, cancellation);
            return $"{action.Reference} is here and can be checked out ({commit[..12]})";
        }

        await git.DetachAsync(commit, cancellation);
        var head = await HeadAsync(git, action, cancellation);
        return head == commit
            ? $"{action.Reference} is checked out ({commit[..12]})"
            : throw new HxException(RunErrors.NotObserved, action.Folder, $"{action.Folder} stands at {head[..12]}, not at {commit[..12]}.");
    }

    private static async Task<string> FindAsync(GitWorkTree git, GitAction action, CancellationToken cancellation)
    {
        var changed = await git.ChangedAsync(cancellation);
        if (changed.Count > 0)
        {
            throw new HxException(RunErrors.ActionFailed, action.Folder, $"{action.Folder} has changes that a checkout could lose: {string.Join(", ", changed.Take(5))}.");
        }

        if (action.Remote.Length > 0)
        {
            await git.FetchAsync(action.Remote, cancellation);
        }

        return await git.CommitAsync(action.Reference, cancellation)
            ?? throw new HxException(RunErrors.ActionFailed, action.Reference, $"{action.Folder} knows no version '{action.Reference}'.");
    }

    /// <inheritdoc/>
    protected override async Task TakeBackAsync(GitAction action, ImmutableSortedDictionary<string, string> notes, ActionScope scope, CancellationToken cancellation)
    {
        var git = At(action, scope);
        if (notes[BranchNote].Length > 0)
        {
            await git.SwitchAsync(notes[BranchNote], cancellation);
        }
        else
        {
            await git.DetachAsync(notes[CommitNote], cancellation);
        }

        var head = await HeadAsync(git, action, cancellation);
        if (head != notes[CommitNote])
        {
            throw new HxException(RunErrors.NotObserved, action.Folder, $"{action.Folder} stands at {head[..12]}, not at {notes[CommitNote][..12]} as before: the branch {notes[BranchNote]} has moved meanwhile.");
        }
    }

    private static async Task<string> HeadAsync(GitWorkTree git, GitAction action, CancellationToken cancellation) =>
        await git.CommitAsync("HEAD", cancellation)
            ?? throw new HxException(RunErrors.ActionFailed, action.Folder, $"{action.Folder} is a git work tree without a commit.");

    private GitWorkTree At(GitAction action, ActionScope scope) =>
        new(runner, scope.Locate(action.Folder), scope.Budget, new Dictionary<string, string> { [ActionScope.MarkVariable] = scope.MarkValue });
}
