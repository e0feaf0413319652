using System.Text.Json;
using HxOps.Checkpoints.Layout;
using HxOps.Checkpoints.Proving;
using HxOps.Errors;
using HxOps.Formats;

namespace HxOps.Checkpoints.Listing;

/// <summary>Finds out what a listing shows of an archive that it has not seen before. It describes, it proves nothing.</summary>
internal sealed class ArchiveGlance(DeploymentContext context)
{
    private const int LongestJson = 64 << 20;

    /// <summary>Describes an archive; a broken one by its problem.</summary>
    internal CheckpointInfo Describe(string path)
    {
        var unknown = Unknown(path);
        try
        {
            return CheckpointFile.Guard(path, () => Read(path, unknown));
        }
        catch (HxException failure)
        {
            return unknown with { Problem = failure.Message };
        }
        catch (JsonException)
        {
            return unknown with { Problem = $"{path} has a malformed manifest." };
        }
    }

    private CheckpointInfo Read(string path, CheckpointInfo unknown)
    {
        using var stream = CheckpointFile.Open(path, out var archive);
        using var reader = CheckpointFile.Read(context, stream, path, archive.SizeBytes);
        var members = new List<ProvenMember>();
        byte[]? json = null;
        while (reader.ReadMember() is { } member)
        {
            if (CheckpointLayout.ArchivePath(member.Path) is not { Length: > 0 } archivePath)
                continue;

            members.Add(new ProvenMember(archivePath, member, member.Size, null));
            if (archivePath == CheckpointLayout.Manifest && member.Size <= LongestJson)
            {
                json = new byte[member.Size];
                Fill(json, reader);
            }
        }

        if (json is null)
            return CheckpointDescription.Of(new KitManifest(context, unknown).Make(members), CheckpointFormat.Kit, path, archive.SizeBytes);

        var manifest = ManifestDocument.Read(json);
        return CheckpointDescription.Of(manifest, CheckpointFormat.HxOps, path, archive.SizeBytes);
    }

    // The reader gives as many bytes as the size says, or a failure.
    private static void Fill(Span<byte> content, IArchiveReader reader)
    {
        for (var count = 1; count > 0 && !content.IsEmpty; content = content[count..])
            count = reader.Read(content);
    }

    private CheckpointInfo Unknown(string path)
    {
        var id = CheckpointDescription.IdOf(path);
        var archive = CheckpointFile.Identify(path);
        return new CheckpointInfo
        {
            Id = id,
            Path = path,
            CreatedUtc = CheckpointName.StampAtEnd(id) ?? DateTimeOffset.UnixEpoch.AddTicks(archive.ModifiedNanoseconds / 100),
            Kind = id.StartsWith(context.Deployment.Backups.SafetyPrefix, StringComparison.Ordinal) ? CheckpointKind.Safety : CheckpointKind.Checkpoint,
            Format = CheckpointFormat.Kit,
            SizeBytes = archive.SizeBytes,
            Files = 0,
            ContentBytes = 0,
        };
    }
}
