using HxOps.Files.Native;

namespace HxOps.Files;

/// <summary>Moves names within one file system, each in one indivisible step. Never replaces what it was not told to.</summary>
internal static class EntryRenamer
{
    /// <summary>Gives two existing entries each other's name.</summary>
    internal static void Exchange(string one, string other) => Check(Posix.Rename(one, other, Posix.RENAME_EXCHANGE), one);

    /// <summary>Gives an entry a name that is free.</summary>
    internal static void Move(string from, string to) => Check(Posix.Rename(from, to, Posix.RENAME_NOREPLACE), to);

    private static void Check(int result, string path)
    {
        if (result < 0)
            throw FileFailure.FromErrno(Posix.LastError, path, "rename");
    }
}
