using System.Collections.Immutable;
using HxOps.Files;

namespace HxOps.Checkpoints;

/// <summary>Removes old checkpoints.</summary>
public sealed class CheckpointPruner(DeploymentContext context)
{
    /// <summary>Decides on every checkpoint, each kind by itself; changes nothing.</summary>
    public ImmutableArray<RetentionDecision> Plan(RetentionRules rules) => throw new NotImplementedException(context + rules.ToString());

    /// <summary>Decides on the checkpoints that the caller named; the newest, pinned, known-good and those in use are kept all the same.</summary>
    public ImmutableArray<RetentionDecision> PlanRemoval(IEnumerable<CheckpointInfo> named) => throw new NotImplementedException(context + named.ToString());

    /// <summary>Removes one checkpoint that was decided to go.</summary>
    public void Remove(RetentionDecision decision, DeploymentLease lease) => throw new NotImplementedException(context + decision.ToString() + lease);
}
