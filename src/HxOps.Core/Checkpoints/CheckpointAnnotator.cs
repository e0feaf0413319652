using HxOps.Files;

namespace HxOps.Checkpoints;

/// <summary>Writes what an operator says about a checkpoint beside it, never into it.</summary>
public sealed class CheckpointAnnotator(DeploymentContext context)
{
    /// <summary>Changes what is not null, durably.</summary>
    /// <param name="checkpoint">A checkpoint of the backup folder.</param>
    /// <param name="change">What changes.</param>
    /// <param name="lease">The held lock of the deployment.</param>
    /// <exception cref="Errors.HxException"><see cref="CheckpointErrors.NotFound"/> for an archive that lies elsewhere.</exception>
    public CheckpointInfo Annotate(CheckpointInfo checkpoint, CheckpointAnnotation change, DeploymentLease lease)
    {
        ArgumentNullException.ThrowIfNull(lease);
        var current = new CheckpointCatalog(context).FindKept(checkpoint.Id);
        var annotations = new Annotations(context);
        var all = annotations.Load();
        var before = all.GetValueOrDefault(current.Id) ?? new AnnotationRecord(false, false, null);
        all[current.Id] = new AnnotationRecord(change.Pinned ?? before.Pinned, change.KnownGood ?? before.KnownGood, change.Note ?? before.Note);
        annotations.Save(all);
        return new CheckpointCatalog(context).FindKept(current.Id);
    }
}

/// <summary>A change to what is said about a checkpoint; null leaves a thing as it is.</summary>
/// <param name="Pinned">Kept by every pruning.</param>
/// <param name="KnownGood">Declared good.</param>
/// <param name="Note">The note; empty removes it.</param>
public sealed record CheckpointAnnotation(bool? Pinned, bool? KnownGood, string? Note);
