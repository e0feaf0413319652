using System.Collections.Immutable;
using System.IO.Enumeration;
using HxOps.Checkpoints.Layout;
using HxOps.Deployments;
using HxOps.Errors;
using HxOps.Files;
using HxOps.Files.Metadata;
using HxOps.Reporting;

namespace HxOps.Checkpoints.Sources;

/// <summary>One walk over the sources of a deployment; collects what they match.</summary>
internal sealed class SourceWalk(DeploymentContext context, MetadataReader metadata)
{
    private readonly string _backups = context.Deployment.Backups.Folder.TrimEnd('/');
    private readonly Dictionary<string, SourceEntry> _byArchivePath = new(StringComparer.Ordinal);
    private readonly HashSet<string> _hostPaths = new(StringComparer.Ordinal);
    private readonly HashSet<string> _unreadable = new(StringComparer.Ordinal);
    private readonly ImmutableArray<SourceEntry>.Builder _entries = ImmutableArray.CreateBuilder<SourceEntry>();
    private readonly ImmutableArray<AbsentPath>.Builder _absent = ImmutableArray.CreateBuilder<AbsentPath>();
    private readonly ImmutableArray<SkippedPath>.Builder _skipped = ImmutableArray.CreateBuilder<SkippedPath>();
    private readonly ImmutableArray<string>.Builder _missing = ImmutableArray.CreateBuilder<string>();
    private readonly List<(Found Link, Component Component)> _namedLinks = [];

    internal void Add(Component component, FileSource source)
    {
        var pattern = new SourcePattern(source.Path.TrimEnd('/'));
        var matches = Match(component, pattern.Folder, pattern.Segments).ToList();
        if (source.Newest is { } newest)
            matches = [.. matches.OrderByDescending(match => match.Metadata.ModifiedNanoseconds).Take(newest).OrderBy(match => match.HostPath, StringComparer.Ordinal)];

        if (matches.Count == 0)
        {
            _absent.Add(new AbsentPath(source.Path, component.Name));
            if (source.Presence == Presence.Required)
                _missing.Add(source.Path);
        }

        foreach (var match in matches)
        {
            // A folder that is named takes the component's own place; everything else keeps what lies behind the longest plain folder.
            var place = pattern.IsLiteral && match.Metadata.Kind == FileKind.Directory ? "" : match.HostPath[(pattern.Folder.Length + 1)..];
            Take(match, Join(component.Archive, place), component, source);
            if (pattern.IsLiteral && match.Metadata.Kind == FileKind.SymbolicLink)
                _namedLinks.Add((match, component));
        }
    }

    internal SourceExpansion Result()
    {
        foreach (var (link, component) in _namedLinks.Where(named => !_hostPaths.Contains(TargetOf(named.Link))))
        {
            _skipped.Add(new SkippedPath(TargetOf(link), component.Name,
                $"{link.HostPath} is a symbolic link to it; the link was captured, what it points to was not"));
        }

        return new SourceExpansion(_entries.ToImmutable(), _absent.ToImmutable(), _skipped.ToImmutable(), _missing.ToImmutable());
    }

    private IEnumerable<Found> Match(Component component, string folder, ReadOnlyMemory<string> segments)
    {
        var segment = segments.Span[0];
        var rest = segments[1..];
        foreach (var name in segments.Length == 1 && !segment.AsSpan().ContainsAny('*', '?') ? [segment] : NamesIn(folder).Where(name => SourcePattern.Matches(segment, name)))
        {
            var path = folder + "/" + name;
            if (Read(path, component) is not { } found)
                continue;

            if (rest.IsEmpty)
            {
                yield return new Found(path, found);
            }
            else if (found.Kind == FileKind.Directory)
            {
                foreach (var deeper in Match(component, path, rest))
                    yield return deeper;
            }
        }
    }

    private void Take(Found match, string archivePath, Component component, FileSource source)
    {
        // What a killed restore has staged is not the deployment's.
        if (match.HostPath == _backups || StagedName.IsOne(Path.GetFileName(match.HostPath)) || !_hostPaths.Add(match.HostPath))
            return;

        if (match.HostPath.Any(char.IsControl))
        {
            _skipped.Add(new SkippedPath(PrintableText.Of(match.HostPath), component.Name, "its name holds control characters"));
            return;
        }

        if (match.Metadata.LinkTarget?.Contains('\uFFFD', StringComparison.Ordinal) ?? false)
        {
            _skipped.Add(new SkippedPath(match.HostPath, component.Name, "what it links to is not valid UTF-8"));
            return;
        }

        if (match.Metadata.Kind is FileKind.Fifo or FileKind.Socket or FileKind.Device)
        {
            _skipped.Add(new SkippedPath(match.HostPath, component.Name, $"a {NameOf(match.Metadata.Kind)} has no content to capture"));
            return;
        }

        var entry = new SourceEntry(match.HostPath, archivePath, component, source, match.Metadata);
        Place(entry);
        _entries.Add(entry);
        if (match.Metadata.Kind == FileKind.Directory)
            Descend(entry);
    }

    private void Descend(SourceEntry folder)
    {
        foreach (var name in NamesIn(folder.HostPath))
        {
            var path = folder.HostPath + "/" + name;
            if (Read(path, folder.Component) is { } found)
                Take(new Found(path, found), Join(folder.ArchivePath, name), folder.Component, folder.Source);
        }
    }

    // What a listing names and nobody finds under that name is gone, or has a name that no text can hold.
    private FileMetadata? Read(string path, Component component)
    {
        var found = metadata.TryRead(context.Root.Locate(path));
        if (found is null && Path.GetFileName(path).Contains('\uFFFD', StringComparison.Ordinal) && _unreadable.Add(path))
            _skipped.Add(new SkippedPath(path, component.Name, "its name is not valid UTF-8"));

        return found;
    }

    // Two folders may share a place, such as that of their component; nothing else may.
    private void Place(SourceEntry entry)
    {
        if (CheckpointLayout.IsReserved(entry.ArchivePath, context.Deployment))
            throw new HxException(CheckpointErrors.PlaceTaken, entry.HostPath, $"{entry.HostPath} would be {entry.ArchivePath} in the archive, which HxOps writes itself.");

        if (_byArchivePath.TryAdd(entry.ArchivePath, entry))
            return;

        var other = _byArchivePath[entry.ArchivePath];
        if (other.Metadata.Kind != FileKind.Directory || entry.Metadata.Kind != FileKind.Directory)
        {
            throw new HxException(CheckpointErrors.PlaceTaken, entry.HostPath,
                $"{other.HostPath} and {entry.HostPath} would both be {entry.ArchivePath} in the archive.");
        }
    }

    private string[] NamesIn(string hostFolder)
    {
        var local = context.Root.Locate(hostFolder.Length == 0 ? "/" : hostFolder);
        try
        {
            string[] names = [.. new FileSystemEnumerable<string>(local, static (ref FileSystemEntry entry) => entry.FileName.ToString(), AllEntries)];
            Array.Sort(names, StringComparer.Ordinal);
            return names;
        }
        catch (DirectoryNotFoundException)
        {
            return []; // It does not exist, or went while we looked.
        }
        catch (Exception failure) when (FileFailure.IsOne(failure))
        {
            throw FileFailure.Translate(failure, hostFolder, "read");
        }
    }

    private static EnumerationOptions AllEntries { get; } =
        new() { AttributesToSkip = 0, IgnoreInaccessible = false, MatchType = MatchType.Simple, ReturnSpecialDirectories = false };

    private static string TargetOf(Found link) =>
        Path.GetFullPath(link.Metadata.LinkTarget ?? "", Path.GetDirectoryName(link.HostPath) ?? "/");

    private static string Join(string folder, string name) => name.Length == 0 ? folder : folder.Length == 0 ? name : folder + "/" + name;

    private static string NameOf(FileKind kind) => kind switch
    {
        FileKind.Fifo => "named pipe",
        FileKind.Socket => "socket",
        _ => "device",
    };

    private readonly record struct Found(string HostPath, FileMetadata Metadata);
}
