using System.Collections.Immutable;
using System.Security.Cryptography;
using HxOps.Checkpoints.Layout;
using HxOps.Checkpoints.Sources;
using HxOps.Files;
using HxOps.Files.Metadata;
using HxOps.Formats;
using HxOps.Reporting;

namespace HxOps.Checkpoints.Taking;

/// <summary>Fills one archive: captured files, generated files, the manifest, and the checksums last.</summary>
internal sealed class SnapshotWriter(DeploymentContext context, IArchiveWriter archive, IProgress<HxEvent> events)
{
    private const string Activity = "Creating checkpoint";

    private readonly FileCapture _capture = new(context.Root, archive);
    private readonly ThrottledProgress _progress = new(events, Activity);
    private readonly List<(string ArchivePath, string Sha256)> _checksums = [];
    private readonly HashSet<string> _folders = new(StringComparer.Ordinal);
    private readonly Dictionary<FileIdentity, ManifestEntry> _linked = [];
    private readonly ImmutableArray<ManifestEntry>.Builder _entries = ImmutableArray.CreateBuilder<ManifestEntry>();
    private readonly ImmutableArray<SkippedPath>.Builder _skipped = ImmutableArray.CreateBuilder<SkippedPath>();

    /// <summary>Captures everything that the sources match.</summary>
    internal void Capture(SourceExpansion expansion, CancellationToken cancellation)
    {
        foreach (var skipped in expansion.Skipped)
            Skip(skipped);

        var done = 0;
        foreach (var entry in expansion.Entries)
        {
            cancellation.ThrowIfCancellationRequested();
            _progress.Report(entry.HostPath, ++done, expansion.Entries.Length);
            Capture(entry);
        }

        _progress.Finish();
    }

    /// <summary>Records what could not be captured, and warns.</summary>
    internal void Skip(SkippedPath skipped)
    {
        _skipped.Add(skipped);
        events.Report(new WarningEvent("NotCaptured", $"{skipped.HostPath} is not in the checkpoint: {skipped.Reason}.", skipped.HostPath));
    }

    /// <summary>Adds a file that does not exist on the host.</summary>
    internal void AddGenerated(string archivePath, byte[] content)
    {
        var hash = AddContent(archivePath, stream => stream.Write(content));
        _entries.Add(new ManifestEntry { ArchivePath = archivePath, Metadata = GeneratedMetadata(content.Length), Sha256 = hash });
    }

    /// <summary>Adds manifest and checksums, and ends the archive.</summary>
    internal CheckpointManifest Complete(CheckpointManifest manifest)
    {
        manifest = manifest with { Entries = _entries.ToImmutable(), Skipped = _skipped.ToImmutable() };
        AddContent(CheckpointLayout.Manifest, stream => ManifestDocument.Write(manifest, stream));
        AddContent(CheckpointLayout.Checksums, stream => ChecksumText.Write(_checksums, stream));
        archive.Complete();
        return manifest;
    }

    private void Capture(SourceEntry entry)
    {
        switch (entry.Metadata.Kind)
        {
            case FileKind.Directory:
                // Two folders may share a place; the manifest has both, the archive one.
                if (_folders.Add(entry.ArchivePath))
                    archive.Begin(Members.Of(entry.ArchivePath, entry.Metadata));
                _entries.Add(EntryOf(entry, entry.Metadata));
                break;
            case FileKind.SymbolicLink:
                archive.Begin(Members.Of(entry.ArchivePath, entry.Metadata));
                _entries.Add(EntryOf(entry, entry.Metadata));
                break;
            default:
                CaptureFile(entry);
                break;
        }
    }

    private void CaptureFile(SourceEntry entry)
    {
        if (entry.Metadata.LinkCount > 1 && _linked.TryGetValue(entry.Metadata.Identity, out var first))
        {
            archive.Begin(Members.HardLink(entry.ArchivePath, first));
            Add(EntryOf(entry, first.Metadata) with { Sha256 = first.Sha256, HardLinkTo = first.ArchivePath });
            return;
        }

        var captured = _capture.Capture(entry, context.Root.Locate(entry.HostPath));
        if (captured.Problem is { } problem)
            Skip(new SkippedPath(entry.HostPath, entry.Component.Name, problem));

        if (captured.Sha256 is null)
            return;

        // Content that changed while it was read stays in the archive as evidence, without a host path: it must never be restored.
        var added = captured.Problem is null
            ? EntryOf(entry, captured.Metadata) with { Sha256 = captured.Sha256 }
            : new ManifestEntry { ArchivePath = entry.ArchivePath, Metadata = captured.Metadata, Sha256 = captured.Sha256 };
        Add(added);
        if (captured is { Problem: null, Metadata.LinkCount: > 1 })
            _linked[captured.Metadata.Identity] = added;
    }

    private void Add(ManifestEntry file)
    {
        _entries.Add(file);
        _checksums.Add((file.ArchivePath, file.Sha256!));
    }

    // The header comes before the content and says its length, so it is written twice: that of 10,000 files is too much to hold.
    private string AddContent(string archivePath, Action<Stream> write)
    {
        var length = 0L;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using (var measure = new SinkStream(Measure))
            write(measure);

        archive.Begin(Members.Of(archivePath, GeneratedMetadata(length)));
        using (var member = new SinkStream(archive.Write))
            write(member);

        var sha256 = Convert.ToHexStringLower(hash.GetHashAndReset());
        _checksums.Add((archivePath, sha256));
        return sha256;

        void Measure(ReadOnlySpan<byte> content)
        {
            length += content.Length;
            hash.AppendData(content);
        }
    }

    private FileMetadata GeneratedMetadata(long length) => new()
    {
        Kind = FileKind.File,
        Mode = 0x1A4, // 644
        UserId = 0,
        GroupId = 0,
        ModifiedNanoseconds = context.Clock.GetUtcNow().ToUnixTimeSeconds() * 1_000_000_000,
        Size = length,
    };

    private static ManifestEntry EntryOf(SourceEntry entry, FileMetadata metadata) => new()
    {
        ArchivePath = entry.ArchivePath,
        HostPath = entry.HostPath,
        Component = entry.Component.Name,
        Metadata = metadata,
    };
}
