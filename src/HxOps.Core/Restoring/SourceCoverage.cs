using HxOps.Checkpoints;
using HxOps.Deployments;

namespace HxOps.Restoring;

/// <summary>Tells which source of a deployment a host path belongs to. What no source covers is never written to, whatever an archive says.</summary>
internal sealed class SourceCoverage(Deployment deployment)
{
    private readonly Dictionary<string, (Component Component, CoveredSource[] Sources)> _components = deployment.Components.ToDictionary(
        component => component.Name,
        component => (component, component.Sources.Select(source => new CoveredSource(source)).ToArray()),
        StringComparer.Ordinal);

    private readonly string _backups = deployment.Backups.Folder.TrimEnd('/');

    /// <summary>The component of that name, or null.</summary>
    internal Component? Component(string name) => _components.GetValueOrDefault(name).Component;

    /// <summary>The source that covers a path, or null.</summary>
    internal FileSource? Find(string component, string hostPath) =>
        IsPlain(hostPath) && !IsWithin(hostPath, _backups) && _components.TryGetValue(component, out var known)
            ? Array.Find(known.Sources, source => source.Covers(hostPath))?.Source
            : null;

    private static bool IsPlain(string path) =>
        path.Length > 1 && path[0] == '/' && !path.AsSpan().ContainsAnyInRange('\0', '\u001f')
        && path[1..].Split('/').All(segment => segment is not ("" or "." or ".."));

    private static bool IsWithin(string path, string folder) =>
        path == folder || path.StartsWith(folder + "/", StringComparison.Ordinal);

    private sealed class CoveredSource(FileSource source)
    {
        private readonly SourcePattern _pattern = new(source.Path.TrimEnd('/'));

        internal FileSource Source { get; } = source;

        // What a pattern matches may be a folder, which is covered with all below it.
        internal bool Covers(string hostPath)
        {
            if (!hostPath.StartsWith(_pattern.Folder + "/", StringComparison.Ordinal))
                return false;

            var names = hostPath[(_pattern.Folder.Length + 1)..].Split('/');
            return names.Length >= _pattern.Segments.Length
                && _pattern.Segments.Zip(names).All(pair => SourcePattern.Matches(pair.First, pair.Second));
        }
    }
}
