using HxOps.Files.Metadata;

namespace HxOps.Restoring.Planning;

/// <summary>
/// Tells which files must be made anew because of hard links: the names of one file in the checkpoint shall be the names of one file on
/// the host, of no other, and when one of them changes its content all do.
/// </summary>
internal sealed class LinkRelations
{
    private readonly HashSet<string> _replaced = new(StringComparer.Ordinal);

    internal LinkRelations(IReadOnlyCollection<ObservedEntry> observed)
    {
        var files = observed.Where(one => one.Wanted.Content is not null).ToList();
        var wanted = files.GroupBy(one => one.Wanted.Content!, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.ToList(), StringComparer.Ordinal);
        var present = files.Where(one => one.Present is { Kind: FileKind.File }).GroupBy(one => one.Present!.Identity).ToDictionary(group => group.Key, group => group.Count());
        foreach (var group in wanted.Values)
        {
            if (!IsAsWanted(group, present))
                _replaced.UnionWith(group.Select(one => one.Wanted.HostPath));
        }
    }

    internal bool MustReplace(ObservedEntry one) => _replaced.Contains(one.Wanted.HostPath);

    private static bool IsAsWanted(List<ObservedEntry> group, Dictionary<FileIdentity, int> present) =>
        group[0].Present is { Kind: FileKind.File } first
        && present[first.Identity] == group.Count
        && group.TrueForAll(one => one.SameContent && one.Present?.Identity == first.Identity);
}
