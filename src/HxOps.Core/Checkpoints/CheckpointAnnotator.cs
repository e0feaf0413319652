using HxOps.Files;

namespace HxOps.Checkpoints;

/// <summary>Writes what an operator says about a checkpoint beside it, never into it.</summary>
public sealed class CheckpointAnnotator(DeploymentContext context)
{
    /// <summary>Changes what is not null, durably.</summary>
    public CheckpointInfo Annotate(CheckpointInfo checkpoint, CheckpointAnnotation change, DeploymentLease lease) =>
        throw new NotImplementedException(context + checkpoint.ToString() + change + lease);
}

/// <summary>A change to what is said about a checkpoint; null leaves a thing as it is.</summary>
/// <param name="Pinned">Kept by every pruning.</param>
/// <param name="KnownGood">Declared good.</param>
/// <param name="Note">The note; empty removes it.</param>
public sealed record CheckpointAnnotation(bool? Pinned, bool? KnownGood, string? Note);
