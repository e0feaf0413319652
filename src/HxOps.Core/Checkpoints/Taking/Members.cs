using HxOps.Checkpoints.Layout;
using HxOps.Files.Metadata;
using HxOps.Formats;

namespace HxOps.Checkpoints.Taking;

/// <summary>Archive members for what was captured.</summary>
internal static class Members
{
    /// <summary>The member of a file, folder or link.</summary>
    internal static ArchiveMember Of(string archivePath, FileMetadata metadata) =>
        new(CheckpointLayout.MemberPath(archivePath), metadata.Kind, metadata.Kind == FileKind.File ? metadata.Size : 0)
        {
            Mode = metadata.Mode,
            UserId = metadata.UserId,
            GroupId = metadata.GroupId,
            UserName = metadata.UserName ?? "",
            GroupName = metadata.GroupName ?? "",
            ModifiedNanoseconds = metadata.ModifiedNanoseconds,
            LinkTarget = metadata.LinkTarget,
        };

    /// <summary>The member of another name for a file that is in the archive.</summary>
    internal static ArchiveMember HardLink(string archivePath, ManifestEntry first) =>
        Of(archivePath, first.Metadata) with { Size = 0, HardLinkTo = CheckpointLayout.MemberPath(first.ArchivePath) };
}
