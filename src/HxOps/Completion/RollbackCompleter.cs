using HxOps.Rollback.Running;

namespace HxOps.Completion;

/// <summary>Completes the ids of rollbacks that were run, newest first.</summary>
public sealed class RollbackCompleter : HxCompleter
{
    private protected override IEnumerable<Choice> Offer(string deployment, string root) => new RunCatalog(Composition.Open(deployment, root)).List()
        .Select(run => new Choice(run.Id, $"{run.Plan}/{run.Scenario}: {run.State}"));
}
