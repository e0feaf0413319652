using System.Collections.Immutable;

namespace HxOps.Checkpoints;

/// <summary>Knows the checkpoints that exist.</summary>
public sealed class CheckpointCatalog(DeploymentContext context)
{
    /// <summary>All checkpoints of the backup folder, newest first by the stamp in the name.</summary>
    public ImmutableArray<CheckpointInfo> List() => throw new NotImplementedException(context.ToString());

    /// <summary>One checkpoint by id, file name or path, in the backup folder or elsewhere; null or empty gives the newest of kind Checkpoint.</summary>
    /// <exception cref="Errors.HxException">CheckpointNotFound.</exception>
    public CheckpointInfo Find(string? idOrPath) => throw new NotImplementedException(context.ToString());
}
