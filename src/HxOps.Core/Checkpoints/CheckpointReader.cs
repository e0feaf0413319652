using HxOps.Files;
using HxOps.Reporting;

namespace HxOps.Checkpoints;

/// <summary>
/// Reads checkpoints in two passes. The first proves the archive whole and collects its manifest, which stands near the end; the second
/// gives the content, each byte checked against what the first has proven. Neither writes anything.
/// </summary>
public sealed class CheckpointReader(DeploymentContext context)
{
    /// <summary>The first pass: reads the whole archive once and checks every claim in it.</summary>
    /// <exception cref="Errors.HxException">One of the archive errors.</exception>
    public Task<VerifiedCheckpoint> VerifyAsync(CheckpointInfo checkpoint, IProgress<HxEvent> events, CancellationToken cancellation) =>
        throw new NotImplementedException(context.ToString());

    /// <summary>The second pass: begins to read the content of an archive that was verified.</summary>
    /// <exception cref="Errors.HxException">The archive is no longer the file that was verified.</exception>
    public CheckpointContent Open(VerifiedCheckpoint verified) => throw new NotImplementedException(context + verified.ToString());
}

/// <summary>A checkpoint whose archive was proven whole.</summary>
/// <param name="Info">The checkpoint.</param>
/// <param name="Manifest">Its manifest; made from the container and the deployment for an archive of the old kit.</param>
/// <param name="Archive">Which file it was, so that a second pass notices another.</param>
public sealed record VerifiedCheckpoint(CheckpointInfo Info, CheckpointManifest Manifest, ArchiveIdentity Archive);

/// <summary>Which file an archive was when it was verified.</summary>
/// <param name="File">Device and inode.</param>
/// <param name="SizeBytes">Its size.</param>
/// <param name="ModifiedNanoseconds">Time of its last modification in nanoseconds since 1970-01-01 UTC.</param>
public sealed record ArchiveIdentity(FileIdentity File, long SizeBytes, long ModifiedNanoseconds);

/// <summary>The entries of a verified checkpoint with their content, one after the other, in the order of the archive.</summary>
public sealed class CheckpointContent : IDisposable
{
    /// <summary>
    /// The next entry of the manifest, or null at the end; null means that every entry came and every content had its checksum.
    /// What was not read of the content before is read and checked all the same.
    /// </summary>
    /// <exception cref="Errors.HxException">The archive differs from what was verified.</exception>
    public ManifestEntry? ReadEntry() => throw new NotImplementedException();

    /// <summary>Content of the entry given last; zero at its end, when its checksum has been found right.</summary>
    /// <inheritdoc cref="ReadEntry"/>
    public int Read(Span<byte> buffer) => throw new NotImplementedException(buffer.ToString());

    /// <summary>Closes the archive.</summary>
    public void Dispose()
    {
    }
}
