using HxOps.Files.Accounts;
using HxOps.Files.Metadata;

namespace HxOps.Files;

/// <summary>
/// Knows whether the way to an entry stays below a root folder. A link on the way that is absolute, or climbs too far, is right on the machine
/// whose root it is, and leads out of the folder on this one.
/// </summary>
internal sealed class RootBoundary(HostRoot root)
{
    private const int MostLinks = 40; // As the kernel.

    private readonly MetadataReader _metadata = new(new AccountDirectory());
    private readonly Dictionary<string, string?> _exits = new(StringComparer.Ordinal);

    /// <summary>The host path of the link by which the way to an entry leaves the root; null when it stays.</summary>
    internal string? ExitOnTheWayTo(string hostPath)
    {
        var folder = Path.GetDirectoryName(hostPath);
        if (root.IsMachine || folder is null)
            return null;

        if (!_exits.TryGetValue(folder, out var exit))
            _exits[folder] = exit = Walk(folder);
        return exit;
    }

    private string? Walk(string folder)
    {
        var at = "";
        var links = 0;
        var ahead = new Stack<string>(Steps(folder));
        while (ahead.TryPop(out var step))
        {
            if (step == ".." && at.Length == 0)
                return folder;

            var next = step == ".." ? Path.GetDirectoryName(at)!.TrimEnd('/') : $"{at}/{step}";
            if (step != ".." && _metadata.TryRead(root.Locate(next)) is { LinkTarget: { } target })
            {
                var inside = root.HostPathOf(target);
                if (++links > MostLinks || (target.StartsWith('/') && ReferenceEquals(inside, target)))
                    return next;

                if (target.StartsWith('/'))
                    at = "";
                foreach (var further in Steps(inside))
                    ahead.Push(further);
            }
            else
            {
                at = next;
            }
        }

        return null;
    }

    // The last first, as a stack wants them.
    private static IEnumerable<string> Steps(string path) => path.Split('/').Where(step => step is not ("" or ".")).Reverse();
}
