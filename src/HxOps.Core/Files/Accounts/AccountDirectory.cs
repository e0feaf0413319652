using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using HxOps.Files.Native;

namespace HxOps.Files.Accounts;

/// <summary>The users and groups of a machine, by name and by number. Asks each question once, so use one per operation.</summary>
public sealed class AccountDirectory
{
    private const int LargestRecord = 1 << 20;

    private readonly HostAccounts? _own;

    private readonly ConcurrentDictionary<uint, string?> _userNames = new();
    private readonly ConcurrentDictionary<uint, string?> _groupNames = new();
    private readonly ConcurrentDictionary<string, uint?> _userIds = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<uint, uint?> _primaryGroupIds = new();
    private readonly ConcurrentDictionary<string, uint?> _groupIds = new(StringComparer.Ordinal);

    private unsafe delegate int Query<TRecord>(out TRecord record, byte* buffer, nuint size, out nint found);

    /// <summary>Those of this machine.</summary>
    public AccountDirectory()
    {
    }

    /// <summary>Those of the machine whose root it is: what a name or a number stands for there, whatever it stands for here.</summary>
    internal AccountDirectory(HostRoot root) => _own = new HostAccounts(root) is { IsThisMachine: false } own ? own : null;

    /// <summary>The name of a user; null when the number has none.</summary>
    public string? UserName(uint id) => _userNames.GetOrAdd(id, static (key, own) => own is null ? FindUser(key) : own.UserName(key), _own);

    /// <summary>The name of a group; null when the number has none.</summary>
    public string? GroupName(uint id) => _groupNames.GetOrAdd(id, static (key, own) => own is null ? FindGroup(key) : own.GroupName(key), _own);

    /// <summary>The number of a user; null when there is none of that name.</summary>
    public uint? UserId(string name) => _userIds.GetOrAdd(name, static (key, own) => own is null ? FindUser(key) : own.User(key)?.UserId, _own);

    /// <summary>The number of a group; null when there is none of that name.</summary>
    public uint? GroupId(string name) => _groupIds.GetOrAdd(name, static (key, own) => own is null ? FindGroup(key) : own.GroupId(key), _own);

    /// <summary>The number of a user's own group; null when there is no such user.</summary>
    public uint? PrimaryGroupId(uint userId) => _primaryGroupIds.GetOrAdd(userId, static (key, own) => own is null ? FindPrimaryGroup(key) : own.PrimaryGroupId(key), _own);

    private static unsafe uint? FindPrimaryGroup(uint id) =>
        Ask<Posix.UserRecord, uint?>(
            (out Posix.UserRecord record, byte* buffer, nuint size, out nint found) => Posix.FindUser(id, out record, buffer, size, out found),
            record => record.GroupId);

    private static unsafe string? FindUser(uint id) =>
        Ask<Posix.UserRecord, string>(
            (out Posix.UserRecord record, byte* buffer, nuint size, out nint found) => Posix.FindUser(id, out record, buffer, size, out found),
            record => Marshal.PtrToStringUTF8(record.Name));

    private static unsafe string? FindGroup(uint id) =>
        Ask<Posix.GroupRecord, string>(
            (out Posix.GroupRecord record, byte* buffer, nuint size, out nint found) => Posix.FindGroup(id, out record, buffer, size, out found),
            record => Marshal.PtrToStringUTF8(record.Name));

    private static unsafe uint? FindUser(string name) =>
        Ask<Posix.UserRecord, uint?>(
            (out Posix.UserRecord record, byte* buffer, nuint size, out nint found) => Posix.FindUser(name, out record, buffer, size, out found),
            record => record.UserId);

    private static unsafe uint? FindGroup(string name) =>
        Ask<Posix.GroupRecord, uint?>(
            (out Posix.GroupRecord record, byte* buffer, nuint size, out nint found) => Posix.FindGroup(name, out record, buffer, size, out found),
            record => record.GroupId);

    // The answer's strings lie in the buffer, so it is taken out before the buffer goes; a group of many members needs a large one.
    private static unsafe TAnswer? Ask<TRecord, TAnswer>(Query<TRecord> query, Func<TRecord, TAnswer?> answer)
    {
        for (var size = 1024; size <= LargestRecord; size *= 4)
        {
            fixed (byte* buffer = new byte[size])
            {
                var error = query(out var record, buffer, (nuint)size, out var found);
                if (error == Posix.ERANGE)
                    continue;

                return error == 0 && found != 0 ? answer(record) : default;
            }
        }

        return default;
    }
}
