using HxOps.Checkpoints.Listing;
using HxOps.Errors;
using HxOps.Files.Metadata;
using HxOps.Formats;
using HxOps.Reporting;

namespace HxOps.Checkpoints.Proving;

/// <summary>
/// Reads checkpoints in two passes. The first proves the archive whole and collects its manifest, which stands near the end; the second
/// gives the content, each byte checked against what the first has proven. Neither writes anything.
/// </summary>
public sealed class CheckpointReader(DeploymentContext context)
{
    private const string Activity = "Verifying checkpoint";

    /// <summary>The first pass: reads the whole archive once and checks every claim in it.</summary>
    /// <exception cref="HxException">One of <see cref="ArchiveErrors"/> or <see cref="CheckpointErrors"/>.</exception>
    public Task<VerifiedCheckpoint> VerifyAsync(CheckpointInfo checkpoint, IProgress<HxEvent> events, CancellationToken cancellation) =>
        Task.Run(() => CheckpointFile.Guard(checkpoint.Path, () => Verify(checkpoint, events, cancellation)), cancellation);

    /// <summary>The second pass: begins to read the content of an archive that was verified.</summary>
    /// <exception cref="HxException"><see cref="CheckpointErrors.Replaced"/>: the archive is no longer the file that was verified.</exception>
    public CheckpointContent Open(VerifiedCheckpoint verified)
    {
        var path = verified.Info.Path;
        var stream = CheckpointFile.Open(path, out var identity);
        try
        {
            return identity == verified.Archive
                ? new CheckpointContent(verified, stream, CheckpointFile.Read(context, stream, path, identity.SizeBytes))
                : throw new HxException(CheckpointErrors.Replaced, path, $"{path} was changed since it was verified.");
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    private VerifiedCheckpoint Verify(CheckpointInfo checkpoint, IProgress<HxEvent> events, CancellationToken cancellation)
    {
        var path = checkpoint.Path;
        using var stream = CheckpointFile.Open(path, out var identity);
        using var archive = CheckpointFile.Read(context, stream, path, identity.SizeBytes);
        var proof = new ArchiveProof(context, checkpoint);
        var progress = new ThrottledProgress(events, Activity);
        var done = 0;
        while (archive.ReadMember() is { } member)
        {
            cancellation.ThrowIfCancellationRequested();
            progress.Report(PrintableText.Of(member.Path), ++done, done <= checkpoint.Files ? checkpoint.Files : null);
            proof.Add(member, archive, cancellation);
        }

        progress.Finish();
        var manifest = proof.Conclude();
        var described = CheckpointDescription.Of(manifest, proof.Format, path, identity.SizeBytes);
        var info = described with
        {
            CreatedUtc = checkpoint.CreatedUtc,
            Kind = checkpoint.Kind,
            Note = checkpoint.Note.Length > 0 ? checkpoint.Note : described.Note,
            IsPinned = checkpoint.IsPinned,
            IsKnownGood = checkpoint.IsKnownGood,
        };
        return new VerifiedCheckpoint(info, manifest, identity);
    }
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
