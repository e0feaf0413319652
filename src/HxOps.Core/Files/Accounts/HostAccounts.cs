using System.Collections.Immutable;
using System.Globalization;
using HxOps.Formats;

namespace HxOps.Files.Accounts;

/// <summary>
/// The accounts of the machine below a root, from its own files; on the machine itself, and below a root that has no such files, from wherever
/// this machine's accounts come.
/// </summary>
internal sealed class HostAccounts(HostRoot root)
{
    private const int MostBytes = 4 << 20;

    /// <summary>A user; null when there is none of that name.</summary>
    internal HostAccount? User(string name)
    {
        if (Rows("/etc/passwd").FirstOrDefault(row => row.Length == 7 && row[0] == name) is { } row && Number(row[2]) is { } user && Number(row[3]) is { } group)
            return new HostAccount(name, user, group, row[5], row[6]);

        var directory = new AccountDirectory();
        return IsThisMachine && directory.UserId(name) is { } id && directory.PrimaryGroupId(id) is { } own ? new HostAccount(name, id, own, "", "") : null;
    }

    /// <summary>The name of a user; null when the number has none.</summary>
    internal string? UserName(uint id) =>
        Rows("/etc/passwd").FirstOrDefault(row => row.Length == 7 && Number(row[2]) == id) is { } row ? row[0]
        : IsThisMachine ? new AccountDirectory().UserName(id)
        : null;

    /// <summary>The name of a group; null when the number has none.</summary>
    internal string? GroupName(uint id) =>
        Rows("/etc/group").FirstOrDefault(row => row.Length == 4 && Number(row[2]) == id) is { } row ? row[0]
        : IsThisMachine ? new AccountDirectory().GroupName(id)
        : null;

    /// <summary>The number of a group; null when there is none of that name.</summary>
    internal uint? GroupId(string name) =>
        Rows("/etc/group").FirstOrDefault(row => row.Length == 4 && row[0] == name) is { } row ? Number(row[2])
        : IsThisMachine ? new AccountDirectory().GroupId(name)
        : null;

    /// <summary>The number of a user's own group; null when there is no such user.</summary>
    internal uint? PrimaryGroupId(uint userId) =>
        Rows("/etc/passwd").FirstOrDefault(row => row.Length == 7 && Number(row[2]) == userId) is { } row ? Number(row[3])
        : IsThisMachine ? new AccountDirectory().PrimaryGroupId(userId)
        : null;

    /// <summary>The groups that a user belongs to.</summary>
    internal ImmutableHashSet<uint> GroupIdsOf(HostAccount account) =>
    [
        account.GroupId,
        .. Rows("/etc/group").Where(row => row.Length == 4 && row[3].Split(',').Contains(account.Name)).Select(row => Number(row[2])).OfType<uint>(),
    ];

    /// <summary>Whether it is this machine. A practice root, or a staging folder, is a piece of it.</summary>
    internal bool IsThisMachine => root.IsMachine || !File.Exists(root.Locate("/etc/passwd"));

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
