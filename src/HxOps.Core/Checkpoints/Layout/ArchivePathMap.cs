using System.Collections.Immutable;
using HxOps.Checkpoints.Sources;
using HxOps.Deployments;

namespace HxOps.Checkpoints.Layout;

/// <summary>Tells where an archive path belongs on the host, for archives of the old kit, which do not say so themselves.</summary>
public sealed class ArchivePathMap
{
    private readonly DeploymentContext _context;
    private readonly ImmutableArray<Component> _components;

    /// <summary>Maps for the given deployment.</summary>
    public ArchivePathMap(DeploymentContext context)
    {
        _context = context;
        _components = [.. context.Deployment.Components.OrderByDescending(component => component.Archive.Length)];
    }

    /// <summary>The place of an archive path on the host; null for what was generated and for what no component holds.</summary>
    /// <param name="archivePath">A path below <c>snapshot/</c>, such as <c>config/config.yaml</c>.</param>
    public MappedPath? Map(string archivePath)
    {
        foreach (var component in _components)
        {
            var place = PlaceWithin(component.Archive, archivePath);
            if (place is not null)
                return MapWithin(component, place);
        }

        return null;
    }

    // A file that is named, then a pattern, then a folder that holds everything else.
    private MappedPath? MapWithin(Component component, string place)
    {
        string? folderOf(FileSource source) => IsFolder(source) ? Join(source.Path.TrimEnd('/'), place) : null;

        return First(component, source => MatchFile(source, place))
            ?? First(component, source => MatchPattern(source, place))
            ?? First(component, folderOf);
    }

    private static MappedPath? First(Component component, Func<FileSource, string?> hostPathOf)
    {
        foreach (var source in component.Sources)
        {
            if (hostPathOf(source) is { } hostPath)
                return new MappedPath(hostPath, component, source);
        }

        return null;
    }

    private static string? MatchFile(FileSource source, string place)
    {
        var pattern = new SourcePattern(source.Path);
        return pattern.IsLiteral && pattern.Segments[0] == place ? source.Path : null;
    }

    private static string? MatchPattern(FileSource source, string place)
    {
        var pattern = new SourcePattern(source.Path);
        var names = place.Split('/');
        if (pattern.IsLiteral || place.Length == 0 || names.Length < pattern.Segments.Length)
            return null;

        var isMatch = pattern.Segments.Zip(names).All(pair => SourcePattern.Matches(pair.First, pair.Second));
        return isMatch ? pattern.Folder + "/" + place : null;
    }

    // The deployment file does not say whether a plain path is a file or a folder. The host knows; where it has lost the path,
    // folders are taken to be those without an ending.
    private bool IsFolder(FileSource source)
    {
        if (!new SourcePattern(source.Path.TrimEnd('/')).IsLiteral)
            return false;

        var local = _context.Root.Locate(source.Path);
        return Directory.Exists(local) || (!File.Exists(local) && !Path.HasExtension(source.Path));
    }

    private static string? PlaceWithin(string folder, string path) =>
        path == folder ? "" : path.StartsWith(folder + "/", StringComparison.Ordinal) ? path[(folder.Length + 1)..] : null;

    private static string Join(string folder, string place) => place.Length == 0 ? folder : folder + "/" + place;
}

/// <summary>Where an archive path belongs.</summary>
/// <param name="HostPath">The path on the host.</param>
/// <param name="Component">The component that holds it.</param>
/// <param name="Source">The source that it would be captured by.</param>
public sealed record MappedPath(string HostPath, Component Component, FileSource Source);
