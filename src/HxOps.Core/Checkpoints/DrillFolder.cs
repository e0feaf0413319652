using System.Security.Cryptography;
using HxOps.Errors;
using HxOps.Files;

namespace HxOps.Checkpoints;

/// <summary>A scratch root that only this user can enter, into which a checkpoint is extracted and which goes again.</summary>
internal sealed class DrillFolder : IDisposable
{
    private readonly HostRoot _root;

    private DrillFolder(string path)
    {
        Path = path;
        _root = HostRoot.At(path);
    }

    /// <summary>The folder.</summary>
    internal string Path { get; }

    /// <summary>Makes one in the place for temporary files.</summary>
    internal static DrillFolder Create()
    {
        try
        {
            return new DrillFolder(Directory.CreateTempSubdirectory("hxops-drill-").FullName);
        }
        catch (Exception failure) when (FileFailure.IsOne(failure))
        {
            throw FileFailure.Translate(failure, System.IO.Path.GetTempPath(), "write");
        }
    }

    /// <summary>Writes every entry that has a host path. Links are made last, so that nothing is written through one.</summary>
    internal void Extract(CheckpointContent content, CancellationToken cancellation)
    {
        var links = new List<ManifestEntry>();
        var files = new Dictionary<string, string>(StringComparer.Ordinal);
        var buffer = new byte[128 << 10];
        while (content.ReadEntry() is { } entry)
        {
            cancellation.ThrowIfCancellationRequested();
            if (entry.HostPath is not { } hostPath)
                continue;

            var local = _root.Locate(hostPath);
            if (entry.Metadata.Kind == FileKind.SymbolicLink)
                links.Add(entry);
            else if (entry.Metadata.Kind == FileKind.Directory)
                Guard(hostPath, () => Directory.CreateDirectory(local));
            else if (entry.HardLinkTo is { } first)
                Guard(hostPath, () => Copy(files[first], local));
            else
                Guard(hostPath, () => ExtractFile(local, content, buffer));
            files[entry.ArchivePath] = local;
        }

        foreach (var link in links)
            Guard(link.HostPath!, () => Link(link.HostPath!, link.Metadata.LinkTarget!));
    }

    /// <summary>Hashes what was written, from the disk.</summary>
    internal void Prove(CheckpointManifest manifest, CancellationToken cancellation)
    {
        foreach (var entry in manifest.Entries.Where(entry => entry is { HostPath: not null, Sha256: not null }))
        {
            cancellation.ThrowIfCancellationRequested();
            Guard(entry.HostPath!, () =>
            {
                using var stream = File.OpenRead(_root.Locate(entry.HostPath!));
                if (Convert.ToHexStringLower(SHA256.HashData(stream)) != entry.Sha256)
                    throw new HxException(CheckpointErrors.ContentChanged, entry.HostPath!, $"{entry.HostPath} was extracted and read back with another checksum.");
            });
        }
    }

    /// <summary>Removes the folder with all in it.</summary>
    public void Dispose()
    {
        try
        {
            Directory.Delete(Path, recursive: true);
        }
        catch (Exception failure) when (FileFailure.IsOne(failure))
        {
            throw FileFailure.Translate(failure, Path, "remove");
        }
    }

    private static void ExtractFile(string local, CheckpointContent content, byte[] buffer)
    {
        MakeParent(local);
        using var file = File.Create(local);
        int count;
        while ((count = content.Read(buffer)) > 0)
            file.Write(buffer, 0, count);
    }

    private static void Copy(string first, string local)
    {
        MakeParent(local);
        File.Copy(first, local);
    }

    // A link is made so that it stays within the scratch root; one that would leave it is left out.
    private void Link(string hostPath, string target)
    {
        var local = _root.Locate(hostPath);
        var inside = target.StartsWith('/') ? _root.Locate(target) : target;
        var end = System.IO.Path.GetFullPath(inside, System.IO.Path.GetDirectoryName(local)!);
        if (!end.StartsWith(Path + "/", StringComparison.Ordinal))
            return;

        MakeParent(local);
        File.CreateSymbolicLink(local, inside);
    }

    private static void MakeParent(string local) => Directory.CreateDirectory(System.IO.Path.GetDirectoryName(local)!);

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
