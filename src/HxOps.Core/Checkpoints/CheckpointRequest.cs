namespace HxOps.Checkpoints;

/// <summary>What is wanted of a new checkpoint.</summary>
/// <param name="Kind">Why it is taken.</param>
/// <param name="Note">The operator's note; empty for none.</param>
public sealed record CheckpointRequest(CheckpointKind Kind, string Note);
