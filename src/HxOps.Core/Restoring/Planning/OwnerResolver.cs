using System.Collections.Immutable;
using System.Globalization;
using HxOps.Errors;
using HxOps.Files.Accounts;

namespace HxOps.Restoring.Planning;

/// <summary>
/// Finds the numbers of this host for owners that an archive or a policy names. A name counts before a number: the same user may
/// have another number here. Owners that do not exist are collected, so that one refusal can name them all.
/// </summary>
internal sealed class OwnerResolver(HostAccounts accounts, ImmutableSortedDictionary<string, string> map)
{
    private const string Everyone = "*";

    private readonly SortedSet<string> _unknown = new(StringComparer.Ordinal);
    private readonly Dictionary<(string? User, uint UserId, string? Group, uint GroupId), (uint User, uint Group)> _known = [];

    /// <summary>The owner and group to set.</summary>
    /// <param name="user">The user's name, or null where only a number was recorded.</param>
    /// <param name="userId">The user's number where it was recorded.</param>
    /// <param name="group">The group's name, or null.</param>
    /// <param name="groupId">The group's number where it was recorded.</param>
    internal (uint User, uint Group) Resolve(string? user, uint userId, string? group, uint groupId)
    {
        var key = (user, userId, group, groupId);
        if (!_known.TryGetValue(key, out var owner))
            _known[key] = owner = Find(user ?? Text(userId), user is null ? userId : null, group ?? Text(groupId), group is null ? groupId : null);

        return owner;
    }

    /// <summary>Refuses when an owner was met that does not exist here.</summary>
    internal void ThrowIfUnknown()
    {
        if (_unknown.Count == 0)
            return;

        throw new HxException(RestoreErrors.OwnerUnknown, _unknown.First(), $"This host does not have {string.Join(", ", _unknown)}.");
    }

    private (uint User, uint Group) Find(string user, uint? userId, string group, uint? groupId)
    {
        var userRule = RuleFor(user);
        var userNumber = userRule is { } rule ? rule.User : userId ?? accounts.User(user)?.UserId ?? Unknown("user", user);
        if (userRule is { Group: { } ruledGroup })
            return (userNumber, ruledGroup);

        var groupNumber = RuleFor(group) is { } groupRule
            ? groupRule.Group ?? accounts.PrimaryGroupId(groupRule.User) ?? groupRule.User
            : groupId ?? accounts.GroupId(group) ?? Unknown("group", group);
        return (userNumber, groupNumber);
    }

    private (uint User, uint? Group)? RuleFor(string name)
    {
        if (!map.TryGetValue(name, out var value) && !map.TryGetValue(Everyone, out value))
            return null;

        var parts = value.Split(':', 2);
        var user = Number(parts[0]) ?? accounts.User(parts[0])?.UserId ?? Unknown("user", parts[0]);
        return (user, parts.Length == 1 ? null : Number(parts[1]) ?? accounts.GroupId(parts[1]) ?? Unknown("group", parts[1]));
    }

    private uint Unknown(string kind, string name)
    {
        _unknown.Add($"{kind} {name}");
        return 0;
    }

    private static uint? Number(string text) =>
        uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static string Text(uint number) => number.ToString(CultureInfo.InvariantCulture);
}
