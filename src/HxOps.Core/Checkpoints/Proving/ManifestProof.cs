using System.Text.Json;
using HxOps.Checkpoints.Layout;
using HxOps.Errors;
using HxOps.Files.Metadata;
using HxOps.Reporting;

namespace HxOps.Checkpoints.Proving;

/// <summary>Compares what <c>hxops.json</c> says with the members of the archive it came in.</summary>
internal sealed class ManifestProof(string archive, Dictionary<string, ProvenMember> members)
{
    /// <summary>Reads and proves the manifest.</summary>
    internal CheckpointManifest Prove(byte[] json)
    {
        RefuseNewer(json);
        var manifest = Parse(json);
        var hostPaths = new Dictionary<string, FileKind>(StringComparer.Ordinal);
        var named = new HashSet<string>(StringComparer.Ordinal);
        foreach (var entry in manifest.Entries)
        {
            if (!members.TryGetValue(entry.ArchivePath, out var member) || !Agrees(entry, member))
                throw Invalid($"it does not agree with the archive about {PrintableText.Of(entry.ArchivePath)}");
            if (!named.Add(entry.ArchivePath) && entry.Metadata.Kind != FileKind.Directory)
                throw Invalid($"it names {PrintableText.Of(entry.ArchivePath)} twice");
            if (entry.HostPath is { } hostPath && (!CheckpointLayout.IsPlainHostPath(hostPath) || !hostPaths.TryAdd(hostPath, entry.Metadata.Kind)))
                throw Invalid($"it names the host path {PrintableText.Of(hostPath)}, which is not plain or is named twice");
        }

        foreach (var hostPath in hostPaths.Keys)
            ProveParents(hostPath, hostPaths);

        // Folders may be there that it does not name: whoever packs an archive again has those above the files as well.
        var unnamed = members.Values.FirstOrDefault(member => member.Member.Kind != FileKind.Directory && !named.Contains(member.Path)
            && member.Path is not (CheckpointLayout.Manifest or CheckpointLayout.Checksums));
        return unnamed is null ? manifest : throw Invalid($"it does not name {PrintableText.Of(unnamed.Path)}");
    }

    private CheckpointManifest Parse(byte[] json)
    {
        try
        {
            return ManifestDocument.Read(json);
        }
        catch (JsonException cause)
        {
            throw Invalid("it is malformed", cause);
        }
    }

    // The version comes first: a newer form need not be readable in any other respect.
    private void RefuseNewer(byte[] json)
    {
        try
        {
            var format = FormatOf(json);
            if (format > CheckpointManifest.CurrentFormat)
            {
                throw new HxException(CheckpointErrors.FormatTooNew, archive,
                    $"{archive} has format {format}, and this version of HxOps knows formats up to {CheckpointManifest.CurrentFormat}.");
            }

            if (format < 1)
                throw Invalid("it has no format version");
        }
        catch (JsonException cause)
        {
            throw Invalid("it is malformed", cause);
        }
    }

    // Read token by token: a document of it would take more memory than the manifest.
    private static int FormatOf(ReadOnlySpan<byte> json)
    {
        var format = 0;
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = 16 });
        while (reader.Read())
        {
            if (reader.CurrentDepth != 1 || reader.TokenType != JsonTokenType.PropertyName || !reader.ValueTextEquals("format"u8))
                continue;

            reader.Read();
            format = reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out var number) ? number : 0;
        }

        return format;
    }

    private static bool Agrees(ManifestEntry entry, ProvenMember member)
    {
        var container = member.Member;
        var metadata = entry.Metadata;
        var linked = container.HardLinkTo is null ? null : CheckpointLayout.ArchivePath(container.HardLinkTo);
        return metadata.Kind == container.Kind
            && metadata.Mode == container.Mode
            && metadata.LinkTarget == container.LinkTarget
            && entry.HardLinkTo == linked
            && entry.Sha256 == member.Sha256
            && (metadata.Kind != FileKind.File || metadata.Size == member.Size);
    }

    private void ProveParents(string hostPath, Dictionary<string, FileKind> hostPaths)
    {
        for (var parent = CheckpointLayout.ParentOf(hostPath); parent is not null; parent = CheckpointLayout.ParentOf(parent))
        {
            if (hostPaths.TryGetValue(parent, out var kind) && kind != FileKind.Directory)
                throw Invalid($"it names {PrintableText.Of(hostPath)}, which lies below something that is not a folder");
        }
    }

    private HxException Invalid(string why, Exception? cause = null) =>
        new(CheckpointErrors.ManifestInvalid, archive, $"The manifest snapshot/hxops.json of {archive} cannot be used: {why}.", cause);
}
