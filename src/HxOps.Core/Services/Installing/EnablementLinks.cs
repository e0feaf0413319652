using System.Collections.Immutable;
using HxOps.Files;

namespace HxOps.Services.Installing;

/// <summary>
/// The links by which targets pull a unit in at boot. HxOps makes them itself, as <c>systemctl enable</c> does: so they belong to the same
/// transaction as the unit file, and a root folder has them, too.
/// </summary>
internal sealed class EnablementLinks(HostRoot root)
{
    private const string UnitFolder = "/etc/systemd/system";

    /// <summary>Changes after which exactly the wanted targets pull the unit in.</summary>
    internal IEnumerable<PathChange> Changes(string unit, ImmutableArray<string> targets)
    {
        var wanted = targets.Select(target => $"{UnitFolder}/{target}.wants/{unit}").ToList();
        foreach (var path in Present(unit).Except(wanted))
            yield return new PathChange(path, FileImage.Read(root.Locate(path)), null, $"disable it: remove {path}");

        foreach (var path in wanted.Where(path => !LeadsTo(path, unit)))
            yield return new PathChange(path, FileImage.Read(root.Locate(path)), new FileImage { Link = $"{UnitFolder}/{unit}" }, $"enable it: link {path}");
    }

    /// <summary>The links that there are, wherever they pull it in.</summary>
    private List<string> Present(string unit)
    {
        var folder = root.Locate(UnitFolder);
        return !Directory.Exists(folder) ? [] :
        [
            .. Directory.EnumerateDirectories(folder)
                .Where(path => path.EndsWith(".wants", StringComparison.Ordinal) || path.EndsWith(".requires", StringComparison.Ordinal))
                .Select(path => $"{path}/{unit}")
                .Where(path => FileImage.Read(path) is not null)
                .Select(root.HostPathOf),
        ];
    }

    /// <summary>Whether a link is there already; systemd takes relative ones as well.</summary>
    private bool LeadsTo(string path, string unit) =>
        FileImage.Read(root.Locate(path))?.Link is { } link && Path.GetFullPath(link, Path.GetDirectoryName(path)!) == $"{UnitFolder}/{unit}";
}
