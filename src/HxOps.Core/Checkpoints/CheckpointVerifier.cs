using HxOps.Reporting;

namespace HxOps.Checkpoints;

/// <summary>Proves that a checkpoint is whole.</summary>
public sealed class CheckpointVerifier(DeploymentContext context)
{
    /// <summary>Reads the whole archive once, in memory only, and checks every claim in it.</summary>
    /// <exception cref="Errors.HxException">One of the archive errors; the verification that is returned always passed.</exception>
    public Task<CheckpointVerification> VerifyAsync(CheckpointInfo checkpoint, IProgress<HxEvent> events, CancellationToken cancellation) =>
        throw new NotImplementedException(context.ToString());

    /// <summary>Verifies, extracts to a scratch folder, hashes again, validates the configuration offline, and removes the folder.</summary>
    /// <exception cref="Errors.HxException">One of the archive errors.</exception>
    public Task<CheckpointVerification> DrillAsync(CheckpointInfo checkpoint, IProgress<HxEvent> events, CancellationToken cancellation) =>
        throw new NotImplementedException(context.ToString());
}
