using System.Collections.Frozen;
using System.Security.Cryptography;
using HxOps.Checkpoints.Proving;
using HxOps.Checkpoints.Sources;
using HxOps.Deployments;
using HxOps.Files;
using HxOps.Files.Metadata;

namespace HxOps.Checkpoints.Comparing;

/// <summary>One side of a comparison.</summary>
internal abstract class ComparedState
{
    /// <summary>Its name in the result.</summary>
    internal abstract string Id { get; }

    /// <summary>What it can tell apart.</summary>
    internal abstract StatePrecision Precision { get; }

    /// <summary>What there is, by host path, or by archive path for what was generated.</summary>
    internal abstract IReadOnlyDictionary<string, ManifestEntry> Entries { get; }

    /// <summary>The content of some files.</summary>
    internal abstract Dictionary<string, byte[]> ReadContent(IReadOnlySet<string> ids, CancellationToken cancellation);

    /// <summary>The names of the components that are compared.</summary>
    protected static FrozenSet<string> StateComponents(Deployment deployment) => deployment.Components
        .Where(component => component.Role == ComponentRole.State)
        .Select(component => component.Name)
        .ToFrozenSet(StringComparer.Ordinal);
}

/// <summary>What a state can tell apart besides content and kind.</summary>
[Flags]
internal enum StatePrecision
{
    /// <summary>Modes and owners only: the kit's copies have times of their own.</summary>
    Coarse = 0,

    /// <summary>Times in nanoseconds and extended attributes as well.</summary>
    Fine = 1,
}

/// <summary>The state in a checkpoint.</summary>
internal sealed class ArchivedState : ComparedState
{
    private readonly CheckpointReader _reader;
    private readonly VerifiedCheckpoint _verified;

    internal ArchivedState(DeploymentContext context, CheckpointReader reader, VerifiedCheckpoint verified, bool isWithGenerated)
    {
        _reader = reader;
        _verified = verified;
        var components = StateComponents(context.Deployment);
        Entries = verified.Manifest.Entries
            .Where(entry => entry.Component is { } component ? components.Contains(component) : entry.HostPath is null && isWithGenerated && entry.Sha256 is not null)
            .ToDictionary(IdOf, StringComparer.Ordinal);
    }

    internal override string Id => _verified.Info.Id;

    internal override StatePrecision Precision => _verified.Info.Format == CheckpointFormat.Kit ? StatePrecision.Coarse : StatePrecision.Fine;

    internal override IReadOnlyDictionary<string, ManifestEntry> Entries { get; }

    internal override Dictionary<string, byte[]> ReadContent(IReadOnlySet<string> ids, CancellationToken cancellation)
    {
        var contents = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        using var content = _reader.Open(_verified);
        while (content.ReadEntry() is { } entry)
        {
            cancellation.ThrowIfCancellationRequested();
            if (!ids.Contains(IdOf(entry)) || entry.HardLinkTo is not null)
                continue;

            var bytes = new byte[entry.Metadata.Size];
            var rest = bytes.AsSpan();
            for (var count = 1; count > 0 && !rest.IsEmpty; rest = rest[count..])
                count = content.Read(rest);
            contents[IdOf(entry)] = bytes;
        }

        return contents;
    }

    private static string IdOf(ManifestEntry entry) => entry.HostPath ?? entry.ArchivePath;
}

/// <summary>The state of the host.</summary>
internal sealed class LiveState : ComparedState
{
    private readonly DeploymentContext _context;

    private LiveState(DeploymentContext context, Dictionary<string, ManifestEntry> entries)
    {
        _context = context;
        Entries = entries;
    }

    internal override string Id => CheckpointComparer.Live;

    internal override StatePrecision Precision => StatePrecision.Fine;

    internal override IReadOnlyDictionary<string, ManifestEntry> Entries { get; }

    /// <summary>Looks at the host; hashes only what has the same size as in the other state.</summary>
    internal static LiveState Read(DeploymentContext context, IReadOnlyDictionary<string, ManifestEntry> other, CancellationToken cancellation)
    {
        var expansion = new SourceExpander(context).Expand(context.Deployment.Components.Where(component => component.Role == ComponentRole.State));
        var entries = expansion.Entries.ToDictionary(
            entry => entry.HostPath,
            entry => new ManifestEntry { ArchivePath = entry.ArchivePath, HostPath = entry.HostPath, Component = entry.Component.Name, Metadata = entry.Metadata },
            StringComparer.Ordinal);
        var hashes = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (path, entry) in entries)
        {
            cancellation.ThrowIfCancellationRequested();
            if (entry.Metadata.Kind == FileKind.File && other.TryGetValue(path, out var counterpart) && counterpart.Sha256 is not null
                && counterpart.Metadata.Size == entry.Metadata.Size)
                hashes[path] = Hash(context, path);
        }

        foreach (var (path, hash) in hashes)
            entries[path] = entries[path] with { Sha256 = hash };
        return new LiveState(context, entries);
    }

    internal override Dictionary<string, byte[]> ReadContent(IReadOnlySet<string> ids, CancellationToken cancellation)
    {
        var contents = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (var path in ids)
        {
            cancellation.ThrowIfCancellationRequested();
            contents[path] = Guard(path, () => UntouchedFile.ReadAllBytes(_context.Root.Locate(path)));
        }

        return contents;
    }

    private static string Hash(DeploymentContext context, string path) => Guard(path, () =>
    {
        using var stream = UntouchedFile.Open(context.Root.Locate(path), bufferSize: 0);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    });

    private static T Guard<T>(string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception failure) when (FileFailure.IsOne(failure))
        {
            throw FileFailure.Translate(failure, path, "read");
        }
    }
}
