using System.Collections.Immutable;
using System.Globalization;
using HxOps.Formats;

namespace HxOps.Files;

/// <summary>The accounts of the machine below a root, from its own files; on the machine itself from wherever its accounts come.</summary>
internal sealed class HostAccounts(HostRoot root)
{
    private const int MostBytes = 4 << 20;

    /// <summary>A user; null when there is none of that name.</summary>
    internal HostAccount? User(string name)
    {
        if (Rows("/etc/passwd").FirstOrDefault(row => row.Length == 7 && row[0] == name) is { } row && Number(row[2]) is { } user && Number(row[3]) is { } group)
            return new HostAccount(name, user, group, row[5], row[6]);

        var directory = new AccountDirectory();
        return root.IsMachine && directory.UserId(name) is { } id && directory.PrimaryGroupId(id) is { } own ? new HostAccount(name, id, own, "", "") : null;
    }

    /// <summary>The number of a group; null when there is none of that name.</summary>
    internal uint? GroupId(string name) =>
        Rows("/etc/group").FirstOrDefault(row => row.Length == 4 && row[0] == name) is { } row ? Number(row[2])
        : root.IsMachine ? new AccountDirectory().GroupId(name)
        : null;

    /// <summary>The groups that a user belongs to.</summary>
    internal ImmutableHashSet<uint> GroupIdsOf(HostAccount account) =>
    [
        account.GroupId,
        .. Rows("/etc/group").Where(row => row.Length == 4 && row[3].Split(',').Contains(account.Name)).Select(row => Number(row[2])).OfType<uint>(),
    ];

    private IEnumerable<string[]> Rows(string file) =>
        (ForeignText.TryRead(root.Locate(file), MostBytes) ?? "").Split('\n').Select(line => line.Split(':'));

    private static uint? Number(string text) => uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}

/// <summary>A user of a machine.</summary>
/// <param name="Name">Its name.</param>
/// <param name="UserId">Its number.</param>
/// <param name="GroupId">The number of its own group.</param>
/// <param name="Home">Its home folder; empty where unknown.</param>
/// <param name="Shell">Its login shell; empty where unknown.</param>
internal sealed record HostAccount(string Name, uint UserId, uint GroupId, string Home, string Shell);
