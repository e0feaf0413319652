using HxOps.Checkpoints.Layout;
using HxOps.Files.Metadata;

namespace HxOps.Checkpoints.Proving;

/// <summary>Makes the manifest that an archive of the old kit does not have, from the container and the deployment.</summary>
internal sealed class KitManifest(DeploymentContext context, CheckpointInfo checkpoint)
{
    /// <summary>Makes it from proven members.</summary>
    internal CheckpointManifest Make(IEnumerable<ProvenMember> members)
    {
        var map = new ArchivePathMap(context);
        var entries = members
            .Where(member => member.Path != CheckpointLayout.Checksums)
            .OrderBy(member => member.Path, StringComparer.Ordinal)
            .ToList();
        return new CheckpointManifest
        {
            Format = CheckpointManifest.CurrentFormat,
            Id = checkpoint.Id,
            Writer = "",
            CreatedUtc = checkpoint.CreatedUtc,
            Kind = checkpoint.Kind,
            Deployment = "",
            HostName = "",
            Gateway = entries.Any(member => member.Path == CheckpointLayout.Models) ? GatewayState.Answering : GatewayState.Unknown,
            Entries = [.. entries.Select(member => EntryOf(member, map))],
            Absent = [],
            Skipped = [],
        };
    }

    private static ManifestEntry EntryOf(ProvenMember proven, ArchivePathMap map)
    {
        var member = proven.Member;
        var mapped = map.Map(proven.Path);
        return new ManifestEntry
        {
            ArchivePath = proven.Path,
            HostPath = mapped?.HostPath,
            Component = mapped?.Component.Name,
            Sha256 = proven.Sha256,
            HardLinkTo = member.HardLinkTo is null ? null : CheckpointLayout.ArchivePath(member.HardLinkTo),
            Metadata = new FileMetadata
            {
                Kind = member.Kind,
                Mode = member.Mode,
                UserId = member.UserId,
                GroupId = member.GroupId,
                UserName = member.UserName.Length > 0 ? member.UserName : null,
                GroupName = member.GroupName.Length > 0 ? member.GroupName : null,
                ModifiedNanoseconds = member.ModifiedNanoseconds,
                Size = proven.Size,
                LinkTarget = member.LinkTarget,
            },
        };
    }
}
