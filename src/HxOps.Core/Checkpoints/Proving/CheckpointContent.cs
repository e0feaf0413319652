using System.Collections.Immutable;
using System.Security.Cryptography;
using HxOps.Checkpoints.Layout;
using HxOps.Errors;
using HxOps.Files;
using HxOps.Files.Metadata;
using HxOps.Formats;

namespace HxOps.Checkpoints.Proving;

/// <summary>The entries of a verified checkpoint with their content, one after the other, in the order of the archive.</summary>
public sealed class CheckpointContent : IDisposable
{
    private readonly VerifiedCheckpoint _verified;
    private readonly FileStream _stream;
    private readonly IArchiveReader _archive;
    private readonly ILookup<string, ManifestEntry> _entries;
    private readonly Queue<ManifestEntry> _sharing = new();
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private ManifestEntry? _current;
    private int _given;

    internal CheckpointContent(VerifiedCheckpoint verified, FileStream stream, IArchiveReader archive)
    {
        _verified = verified;
        _stream = stream;
        _archive = archive;
        _entries = verified.Manifest.Entries.ToLookup(entry => entry.ArchivePath, StringComparer.Ordinal);
    }

    /// <summary>
    /// The next entry of the manifest, or null at the end; null means that every entry came and every content had its checksum.
    /// What was not read of the content before is read and checked all the same.
    /// </summary>
    /// <exception cref="HxException">The archive differs from what was verified.</exception>
    public ManifestEntry? ReadEntry() => CheckpointFile.Guard<ManifestEntry?>(_verified.Info.Path, () =>
    {
        Drain();
        while (_sharing.Count == 0)
        {
            if (_archive.ReadMember() is not { } member)
                return _given == _verified.Manifest.Entries.Length ? null : throw Replaced();

            Enqueue(member);
        }

        _given++;
        var entry = _sharing.Dequeue();
        _current = entry is { Metadata.Kind: FileKind.File, HardLinkTo: null } ? entry : null;
        return entry;
    });

    /// <summary>Content of the entry given last; zero at its end, when its checksum has been found right.</summary>
    /// <inheritdoc cref="ReadEntry"/>
    public int Read(Span<byte> buffer)
    {
        if (_current is null || buffer.IsEmpty)
            return 0;

        int count;
        try
        {
            count = _archive.Read(buffer);
        }
        catch (Exception failure) when (FileFailure.IsOne(failure))
        {
            throw FileFailure.Translate(failure, _verified.Info.Path, "read");
        }

        _hash.AppendData(buffer[..count]);
        if (count == 0)
        {
            var expected = _current.Sha256;
            _current = null;
            if (Convert.ToHexStringLower(_hash.GetHashAndReset()) != expected)
                throw Replaced();
        }

        return count;
    }

    /// <summary>All content of the entry given last, which has as many bytes as the manifest says: no more and no fewer.</summary>
    /// <inheritdoc cref="ReadEntry"/>
    internal void ReadWhole(Span<byte> content)
    {
        while (!content.IsEmpty)
        {
            var count = Read(content);
            content = count > 0 ? content[count..] : throw Replaced();
        }

        Span<byte> beyond = stackalloc byte[1];
        if (Read(beyond) > 0)
            throw Replaced();
    }

    /// <summary>Closes the archive.</summary>
    public void Dispose()
    {
        _archive.Dispose();
        _stream.Dispose();
        _hash.Dispose();
    }

    private void Enqueue(ArchiveMember member)
    {
        var path = CheckpointLayout.ArchivePath(member.Path) ?? throw Replaced();
        var entries = _entries[path].ToImmutableArray();
        foreach (var entry in entries)
        {
            if (entry.Metadata.Kind != member.Kind)
                throw Replaced();

            _sharing.Enqueue(entry);
        }

        if (entries.IsEmpty && path is not ("" or CheckpointLayout.Manifest or CheckpointLayout.Checksums) && member.Kind != FileKind.Directory)
            throw Replaced();
    }

    private void Drain()
    {
        if (_current is null)
            return;

        var buffer = new byte[64 << 10];
        while (Read(buffer) > 0)
        {
        }
    }

    private HxException Replaced() =>
        new(CheckpointErrors.Replaced, _verified.Info.Path, $"{_verified.Info.Path} is not what it was when it was verified.");
}
