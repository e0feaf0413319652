using System.Collections.Immutable;
using HxOps.Files.Metadata;

namespace HxOps.Files.Accounts;

/// <summary>Tells by owners and modes what an account may do with a path. Access control lists are not looked at.</summary>
/// <param name="account">The account.</param>
/// <param name="groups">The groups that it belongs to.</param>
internal sealed class AccountAccess(HostAccount account, ImmutableHashSet<uint> groups)
{
    private const int MostLinks = 16;
    private const int MayEnter = 1;
    private readonly MetadataReader _metadata = new(new AccountDirectory());

    /// <summary>Whether the account may do it, as far as the path exists; null when it does not.</summary>
    /// <param name="root">Where the path lies.</param>
    /// <param name="hostPath">The path; links are followed below the root.</param>
    /// <param name="bits">What is wanted: 4 read, 2 write, 1 run or enter.</param>
    internal bool? Allows(HostRoot root, string hostPath, int bits) => Allows(root, hostPath, bits, links: 0);

    private bool? Allows(HostRoot root, string hostPath, int bits, int links)
    {
        for (var slash = hostPath.IndexOf('/', 1); slash > 0; slash = hostPath.IndexOf('/', slash + 1))
        {
            // A folder on the way that is a link is judged by what it leads to, like the path itself.
            if (AllowsOne(root, hostPath[..slash], MayEnter, links) is not true and var answer)
                return answer;
        }

        return AllowsOne(root, hostPath, bits, links);
    }

    private bool? AllowsOne(HostRoot root, string hostPath, int bits, int links)
    {
        if (_metadata.TryRead(root.Locate(hostPath)) is not { } metadata)
            return null;

        if (metadata.LinkTarget is { } target)
            return links >= MostLinks ? false : Allows(root, Path.GetFullPath(target, Path.GetDirectoryName(hostPath)!), bits, links + 1);

        var mode = metadata.UserId == account.UserId ? metadata.Mode >> 6 : groups.Contains(metadata.GroupId) ? metadata.Mode >> 3 : metadata.Mode;
        return account.UserId == 0 || (mode & bits) == bits;
    }
}
