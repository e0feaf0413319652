using System.Collections.Immutable;
using HxOps.Errors;
using HxOps.Rollback.Plans;
using HxOps.Tools;
using HxOps.Tools.Processes;

namespace HxOps.Rollback.Checking;

/// <summary>Looks whether a work tree could be put at a plan's version. Reads only; what a remote has is asked there and not fetched.</summary>
internal sealed class TreeInspector(ProcessRunner runner)
{
    private const int MostNamed = 5;
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    /// <summary>What would keep the action from succeeding, without its place.</summary>
    /// <param name="action">The action.</param>
    /// <param name="localFolder">The work tree.</param>
    /// <param name="cancellation">Stops git.</param>
    public async Task<ImmutableArray<PlanFinding>> InspectAsync(GitAction action, string localFolder, CancellationToken cancellation)
    {
        try
        {
            var git = new GitWorkTree(runner, localFolder, Deadline, new Dictionary<string, string>());
            var changed = await git.ChangedAsync(cancellation);
            if (changed.Count > 0)
            {
                return [new PlanFinding("WorkTreeChanged", PlanSeverity.Error, "", $"{action.Folder} has changes that a checkout could lose: {string.Join(", ", changed.Take(MostNamed))}.")];
            }

            return await git.CommitAsync(action.Reference, cancellation) is null ? await AtRemoteAsync(git, action, cancellation) : [];
        }
        catch (HxException failure)
        {
            return [new PlanFinding("WorkTreeUnusable", PlanSeverity.Error, "", failure.Message)];
        }
    }

    private static async Task<ImmutableArray<PlanFinding>> AtRemoteAsync(GitWorkTree git, GitAction action, CancellationToken cancellation)
    {
        if (action.Remote.Length == 0)
        {
            return [new PlanFinding("VersionUnknown", PlanSeverity.Error, "", $"{action.Folder} knows no version '{action.Reference}'.")];
        }

        try
        {
            return await git.IsAtAsync(action.Remote, action.Reference, cancellation)
                ? []
                : [new PlanFinding("VersionUnknown", PlanSeverity.Warning, "", $"Neither {action.Folder} nor {action.Remote} has a branch or tag '{action.Reference}'.")];
        }
        catch (HxException failure)
        {
            return [new PlanFinding("VersionUnknown", PlanSeverity.Warning, "", $"{action.Folder} knows no version '{action.Reference}' yet, and {action.Remote} cannot be asked: {failure.Message}")];
        }
    }
}
