using HxOps.Files.Metadata;

namespace HxOps.Checkpoints.Listing;

/// <summary>Makes what a listing shows from what an archive says.</summary>
internal static class CheckpointDescription
{
    /// <summary>The listing entry of an archive, without what the operator said later.</summary>
    internal static CheckpointInfo Of(CheckpointManifest manifest, CheckpointFormat format, string path, long size)
    {
        var files = manifest.Entries.Where(entry => entry.Metadata.Kind == FileKind.File).ToList();
        return new CheckpointInfo
        {
            Id = IdOf(path),
            Path = path,
            CreatedUtc = manifest.CreatedUtc,
            Kind = manifest.Kind,
            Format = format,
            SizeBytes = size,
            Files = files.Count(file => file.HostPath is not null),
            ContentBytes = files.Where(file => file.HardLinkTo is null).Sum(file => file.Metadata.Size),
            Deployment = manifest.Deployment,
            HostName = manifest.HostName,
            Gateway = manifest.Gateway,
            Note = manifest.Note,
            Skipped = manifest.Skipped.Length,
        };
    }

    /// <summary>The id of an archive file.</summary>
    internal static string IdOf(string path)
    {
        var name = Path.GetFileName(path);
        return name.EndsWith(CheckpointName.Ending, StringComparison.Ordinal) ? name[..^CheckpointName.Ending.Length] : name;
    }
}
