using HxOps.Files.Native;

namespace HxOps.Files;

/// <summary>Moves names within one file system, each in one indivisible step. Never replaces what it was not told to.</summary>
internal static class EntryRenamer
{
    /// <summary>Gives two existing entries each other's name.</summary>
    internal static void Exchange(string one, string other) => Check(Posix.Rename(one, other, Posix.RENAME_EXCHANGE), one);

    /// <summary>Gives an entry a name that is free.</summary>
    internal static void Move(string from, string to) => Check(Posix.Rename(from, to, Posix.RENAME_NOREPLACE), to);

    /// <summary>
    /// Gives a file a name that is free, on any file system: network file systems know no rename that refuses to replace, but links, which never
    /// do; those without links know the rename.
    /// </summary>
    internal static void Publish(string from, string to)
    {
        if (Posix.Link(from, to) < 0)
        {
            if (Posix.LastError is Posix.EPERM or Posix.ENOTSUP or Posix.ENOSYS)
                Move(from, to);
            else
                throw FileFailure.FromErrno(Posix.LastError, to, "link");
        }
        else if (Posix.Unlink(from) < 0 && Posix.LastError != Posix.ENOENT)
        {
            throw FileFailure.FromErrno(Posix.LastError, from, "remove");
        }
    }

    private static void Check(int result, string path)
    {
        if (result < 0)
            throw FileFailure.FromErrno(Posix.LastError, path, "rename");
    }
}
