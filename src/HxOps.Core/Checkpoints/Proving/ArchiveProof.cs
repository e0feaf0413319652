using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using HxOps.Checkpoints.Layout;
using HxOps.Errors;
using HxOps.Files.Metadata;
using HxOps.Formats;
using HxOps.Reporting;

namespace HxOps.Checkpoints.Proving;

/// <summary>
/// Collects the members of an archive and judges them: no member may reach outside its place, all files must be listed with the checksum
/// they have, all listed files must be there, and what <c>hxops.json</c> says must agree with the container.
/// </summary>
internal sealed class ArchiveProof(DeploymentContext context, CheckpointInfo checkpoint)
{
    private const int ReadLength = 256 << 10;

    private readonly Dictionary<string, ProvenMember> _members = new(StringComparer.Ordinal);
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private byte[]? _manifest;
    private byte[]? _checksums;
    private string _last = "";

    /// <summary>Who made the archive.</summary>
    internal CheckpointFormat Format => _manifest is null ? CheckpointFormat.Kit : CheckpointFormat.HxOps;

    /// <summary>Takes a member and reads its content.</summary>
    internal void Add(ArchiveMember member, IArchiveReader archive, CancellationToken cancellation)
    {
        var path = CheckpointLayout.ArchivePath(member.Path) ?? throw Unsafe(member.Path, "its name leads outside the archive's own folder or holds control characters");
        if (path.Length == 0 && member.Kind == FileKind.Directory)
            return;

        if (member.Kind is not (FileKind.File or FileKind.Directory or FileKind.SymbolicLink))
            throw Unsafe(member.Path, "it is a device, a named pipe or a socket");

        var linked = member.HardLinkTo is null ? null : TargetOf(member);
        if (linked is null && member.Kind == FileKind.SymbolicLink && string.IsNullOrEmpty(member.LinkTarget))
            throw Unsafe(member.Path, "it is a link to nowhere");

        var hash = linked is not null ? linked.Sha256 : member.Kind == FileKind.File ? Hash(path, member, archive, cancellation) : null;
        if (!_members.TryAdd(path, new ProvenMember(path, member, linked?.Size ?? member.Size, hash)))
            throw Unsafe(member.Path, "there are two members of that name");

        _last = path;
    }

    /// <summary>Judges the whole when the archive has ended.</summary>
    /// <returns>The manifest; for an archive of the kit one that is made from the container.</returns>
    internal CheckpointManifest Conclude()
    {
        foreach (var member in _members.Values)
            ProveParents(member);

        ProveChecksums();
        if (_manifest is null)
            return new KitManifest(context, checkpoint).Make(_members.Values);

        if (_last != CheckpointLayout.Checksums)
            throw Invalid("the list of checksums is not the last member");

        return new ManifestProof(checkpoint.Path, _members).Prove(_manifest);
    }

    private string Hash(string path, ArchiveMember member, IArchiveReader archive, CancellationToken cancellation)
    {
        var copy = path is CheckpointLayout.Manifest or CheckpointLayout.Checksums ? Copy(path, member) : null;
        var buffer = ArrayPool<byte>.Shared.Rent(ReadLength);
        try
        {
            int count;
            while ((count = archive.Read(buffer)) > 0)
            {
                cancellation.ThrowIfCancellationRequested();
                _hash.AppendData(buffer, 0, count);
                copy?.Write(buffer, 0, count);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        return Convert.ToHexStringLower(_hash.GetHashAndReset());
    }

    private MemoryStream Copy(string path, ArchiveMember member)
    {
        if (member.Size > CheckpointLayout.LongestManifest)
            throw new HxException(ArchiveErrors.TooLarge, checkpoint.Path, $"{path} in {checkpoint.Path} is larger than any manifest.");

        var content = new byte[member.Size];
        if (path == CheckpointLayout.Manifest)
            _manifest = content;
        else
            _checksums = content;
        return new MemoryStream(content);
    }

    private ProvenMember TargetOf(ArchiveMember member)
    {
        var target = CheckpointLayout.ArchivePath(member.HardLinkTo!);
        return target is not null && _members.TryGetValue(target, out var found) && found.Member is { Kind: FileKind.File, HardLinkTo: null }
            ? found // With its content: a link to a link would come back without any.
            : throw Unsafe(member.Path, "it is a hard link to something that is not an earlier file of the archive");
    }

    // An extraction in order would otherwise write through a link.
    private void ProveParents(ProvenMember member)
    {
        for (var parent = CheckpointLayout.ParentOf(member.Path); parent is not null; parent = CheckpointLayout.ParentOf(parent))
        {
            if (_members.TryGetValue(parent, out var found) && found.Member.Kind != FileKind.Directory)
                throw Unsafe(member.Member.Path, "it lies below a member that is not a folder");
        }
    }

    private void ProveChecksums()
    {
        if (_checksums is null)
            throw Invalid("it has no list of checksums (snapshot/sha256sums.txt)");

        var listed = new HashSet<string>(_members.Count, StringComparer.Ordinal);
        if (!ChecksumText.TryRead(_checksums, (path, hash) => ProveListed(path, hash, listed)))
            throw Malformed();
        if (listed.Count == 0)
            throw Invalid("its list of checksums is empty");

        var unlisted = _members.Values.FirstOrDefault(member => member.Sha256 is not null && member.Path != CheckpointLayout.Checksums && !listed.Contains(member.Path));
        if (unlisted is not null)
            throw Failure(CheckpointErrors.MemberUnlisted, $"{PrintableText.Of(unlisted.Path)} in {checkpoint.Path} is not in its list of checksums");
    }

    private void ProveListed(string path, ReadOnlySpan<byte> hash, HashSet<string> listed)
    {
        if (path == CheckpointLayout.Checksums)
            return; // find(1) meets the list while it is being written, in the kit's own way of making it.

        if (!_members.TryGetValue(path, out var member) || member.Sha256 is null)
            throw Failure(CheckpointErrors.MemberMissing, $"{PrintableText.Of(path)} is listed in {checkpoint.Path} and not there");
        if (!Ascii.Equals(hash, member.Sha256))
            throw Failure(CheckpointErrors.ContentChanged, $"{PrintableText.Of(path)} in {checkpoint.Path} has not the checksum that is listed for it");
        if (!listed.Add(member.Path))
            throw Malformed();
    }

    private HxException Malformed() => Invalid("its list of checksums is malformed");

    private HxException Unsafe(string member, string why) =>
        new(ArchiveErrors.Unsafe, checkpoint.Path, $"{checkpoint.Path} is not safe to use: of its member {PrintableText.Of(member)}, {why}.");

    private HxException Invalid(string why) => Failure(CheckpointErrors.ManifestInvalid, $"{checkpoint.Path} cannot be proven: {why}");

    private HxException Failure(ErrorId id, string message) => new(id, checkpoint.Path, message + ".");
}

/// <summary>A member whose content was read.</summary>
/// <param name="Path">Its path below <c>snapshot/</c>.</param>
/// <param name="Member">What the container says.</param>
/// <param name="Size">Bytes of content; for a hard link, those of the file that it is a name of.</param>
/// <param name="Sha256">The checksum of its content; null for anything but a file.</param>
internal sealed record ProvenMember(string Path, ArchiveMember Member, long Size, string? Sha256);
