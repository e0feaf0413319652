using System.Collections.Immutable;
using System.Globalization;
using HxOps.Errors;
using HxOps.Files.Native;

namespace HxOps.Restoring.Planning;

/// <summary>Refuses, before anything changes, what only root may do: to give files to others.</summary>
internal static class OwnerPermission
{
    private const int MostNamed = 3;

    /// <summary>Refuses when this process may not set one of the owners.</summary>
    /// <exception cref="HxException">OwnerForbidden, with the first paths concerned.</exception>
    internal static void Require(ImmutableArray<PlannedPath> paths)
    {
        var user = Posix.EffectiveUser();
        if (user == 0)
            return;

        var groups = OwnGroups();
        var forbidden = paths.Where(path => path.Wanted is { Setting: var setting }
            && IsOwnerSet(path)
            && (setting.UserId != user || !groups.Contains(setting.GroupId))).ToList();
        if (forbidden.Count == 0)
            return;

        var first = forbidden[0];
        var names = string.Join(", ", forbidden.Take(MostNamed).Select(path => path.Change.HostPath));
        var more = forbidden.Count > MostNamed ? string.Create(CultureInfo.InvariantCulture, $" and {forbidden.Count - MostNamed} more") : "";
        throw new HxException(RestoreErrors.OwnerForbidden, first.Change.HostPath,
            string.Create(CultureInfo.InvariantCulture, $"Only root can give to owner {first.Wanted!.Setting.UserId}:{first.Wanted.Setting.GroupId}: {names}{more}."));
    }

    // What is made anew gets its owner in any case; what stays keeps it unless it differs.
    private static bool IsOwnerSet(PlannedPath path) =>
        path.Change.Kind != PathChangeKind.Metadata
        || path.Present is not { } present
        || present.UserId != path.Wanted!.Setting.UserId
        || present.GroupId != path.Wanted.Setting.GroupId;

    private static HashSet<uint> OwnGroups()
    {
        var groups = new uint[Math.Max(0, Posix.Groups(0, []))];
        return [Posix.EffectiveGroup(), .. groups.AsSpan(0, Math.Max(0, Posix.Groups(groups.Length, groups)))];
    }
}
