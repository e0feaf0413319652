using System.Buffers;
using System.Security.Cryptography;
using HxOps.Errors;
using HxOps.Files;
using HxOps.Files.Metadata;
using HxOps.Files.Native;
using Microsoft.Win32.SafeHandles;

namespace HxOps.Checkpoints.Proving;

/// <summary>A scratch root into which a checkpoint is extracted and which goes again.</summary>
internal sealed class DrillFolder : IDisposable
{
    private const int BufferSize = 128 << 10;
    private const int LargestOverhead = 4096; // A file takes whole pages, and a name takes room.
    private const uint PrivateFile = 0x180; // 600

    private readonly ScratchRoot _scratch;
    private readonly HostRoot _root;
    private readonly HashSet<string> _folders = new(StringComparer.Ordinal);

    private readonly Dictionary<string, string> _heirs;

    private DrillFolder(ScratchRoot scratch, CheckpointManifest manifest)
    {
        _scratch = scratch;
        _heirs = manifest.Entries.Where(entry => entry is { HardLinkTo: not null, HostPath: not null })
            .GroupBy(entry => entry.HardLinkTo!).ToDictionary(names => names.Key, names => names.First().HostPath!, StringComparer.Ordinal);
        _root = HostRoot.At(scratch.Path);
    }

    /// <summary>The folder.</summary>
    internal string Path => _scratch.Path;

    /// <summary>Makes one that a checkpoint fits into.</summary>
    internal static DrillFolder Create(CheckpointManifest manifest) =>
        new(ScratchRoot.Create(manifest.Entries.Sum(entry => entry.Metadata.Size + LargestOverhead)), manifest);

    /// <summary>
    /// Writes every entry that has a host path and hashes each file again, read back from the file system once it is written; nothing is
    /// waited for to reach the disk itself. Links are made last, so that nothing is written through one.
    /// </summary>
    internal void Extract(CheckpointContent content, CancellationToken cancellation)
    {
        var later = new List<ManifestEntry>();
        var files = new Dictionary<string, string>(StringComparer.Ordinal);
        using var workers = new SmallFileWorkers<ManifestEntry>(ExtractSmall);
        while (content.ReadEntry() is { } read)
        {
            cancellation.ThrowIfCancellationRequested();
            // The first name of a file may be one that has no place; its next name takes the content then.
            if ((read.HostPath ?? _heirs.GetValueOrDefault(read.ArchivePath)) is not { } hostPath)
                continue;

            var entry = read with { HostPath = hostPath };

            Guard(hostPath, () => MakeParent(hostPath));
            if (entry.Metadata.Kind == FileKind.SymbolicLink || entry.HardLinkTo is not null)
                later.Add(entry);
            else if (entry.Metadata.Kind == FileKind.Directory)
                Guard(hostPath, () => Directory.CreateDirectory(_root.Locate(hostPath)));
            else if (entry.Metadata.Size > SmallFileWorkers<ManifestEntry>.LargestFile)
                Guard(hostPath, () => ExtractLarge(entry, content, cancellation));
            else
                workers.Hand(content, entry.Metadata.Size, entry, cancellation);

            files[entry.ArchivePath] = _root.Locate(hostPath);
        }

        workers.Complete();
        foreach (var entry in later.OrderBy(entry => entry.HardLinkTo is null))
            Guard(entry.HostPath!, () => Link(entry, files));
    }

    /// <summary>Removes the folder with all in it.</summary>
    public void Dispose() => _scratch.Dispose();

    private void ExtractSmall(ManifestEntry entry, ReadOnlyMemory<byte> content) => Guard(entry.HostPath!, () =>
    {
        using var file = Create(entry);
        RandomAccess.Write(file, content.Span, 0);
        Prove(entry, file);
    });

    private void ExtractLarge(ManifestEntry entry, CheckpointContent content, CancellationToken cancellation)
    {
        using var file = Create(entry);
        var buffer = new byte[BufferSize];
        for (long offset = 0; content.Read(buffer) is > 0 and var count; offset += count)
        {
            cancellation.ThrowIfCancellationRequested();
            RandomAccess.Write(file, buffer.AsSpan(0, count), offset);
        }

        Prove(entry, file);
    }

    private SafeFileHandle Create(ManifestEntry entry)
    {
        const int mode = Posix.O_RDWR | Posix.O_CREAT | Posix.O_EXCL;
        return Posix.Open(_root.Locate(entry.HostPath!), mode | Posix.O_NOFOLLOW, PrivateFile) ?? throw FileFailure.FromErrno(Posix.LastError, entry.HostPath!, "extract");
    }

    private static void Prove(ManifestEntry entry, SafeFileHandle file)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        var (offset, count) = (0L, 0);
        do
        {
            count = RandomAccess.Read(file, buffer, offset);
            hash.AppendData(buffer, 0, count);
            offset += count;
        }
        while (count == buffer.Length); // A short read is the end of a regular file.

        ArrayPool<byte>.Shared.Return(buffer);
        if (Convert.ToHexStringLower(hash.GetHashAndReset()) != entry.Sha256)
            throw new HxException(CheckpointErrors.ContentChanged, entry.HostPath!, $"{entry.HostPath} was extracted and read back with another checksum.");
    }

    private void Link(ManifestEntry entry, Dictionary<string, string> files)
    {
        var local = _root.Locate(entry.HostPath!);
        if (entry.HardLinkTo is { } first && files[first] != local)
            LinkHard(entry, files[first], local);
        else if (entry.HardLinkTo is null)
            LinkWithin(local, entry.Metadata.LinkTarget!);
    }

    private static void LinkHard(ManifestEntry entry, string first, string local)
    {
        if (Posix.Link(first, local) < 0)
            throw FileFailure.FromErrno(Posix.LastError, entry.HostPath!, "extract");

        using var file = File.OpenHandle(local);
        Prove(entry, file);
    }

    // A link is made so that it stays within the scratch root; one that would leave it is left out.
    private void LinkWithin(string local, string target)
    {
        var inside = target.StartsWith('/') ? _root.Locate(target) : target;
        var end = System.IO.Path.GetFullPath(inside, System.IO.Path.GetDirectoryName(local)!);
        if (end.StartsWith(Path + "/", StringComparison.Ordinal))
            File.CreateSymbolicLink(local, inside);
    }

    private void MakeParent(string hostPath)
    {
        var folder = System.IO.Path.GetDirectoryName(_root.Locate(hostPath))!;
        if (_folders.Add(folder))
            Directory.CreateDirectory(folder);
    }

    private static void Guard(string hostPath, Action write)
    {
        try
        {
            write();
        }
        catch (Exception failure) when (FileFailure.IsOne(failure))
        {
            throw FileFailure.Translate(failure, hostPath, "extract");
        }
    }
}
