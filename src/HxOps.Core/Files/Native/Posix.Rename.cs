using System.Runtime.InteropServices;

namespace HxOps.Files.Native;

/// <content>Names: renaming, linking, removing.</content>
internal static partial class Posix
{
    internal const uint RENAME_NOREPLACE = 1;
    internal const uint RENAME_EXCHANGE = 2;
    private const int AT_REMOVEDIR = 0x200;

    /// <summary>Renames by the kernel's <c>renameat2</c>; negative when it failed.</summary>
    internal static int Rename(string from, string to, uint flags) => Retry(() => RenameAt(AT_FDCWD, from, AT_FDCWD, to, flags));

    /// <summary>Gives a file a further name; a symbolic link is linked itself.</summary>
    internal static int Link(string existing, string name) => LinkAt(AT_FDCWD, existing, AT_FDCWD, name, 0);

    /// <summary>Removes a name that is not a folder's.</summary>
    internal static int Unlink(string path) => UnlinkAt(AT_FDCWD, path, 0);

    /// <summary>Removes an empty folder.</summary>
    internal static int RemoveFolder(string path) => UnlinkAt(AT_FDCWD, path, AT_REMOVEDIR);

    [LibraryImport(Libc, EntryPoint = "symlink", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int SymbolicLink(string target, string path);

    [LibraryImport(Libc, EntryPoint = "mkdir", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int MakeFolder(string path, uint mode);

    [LibraryImport(Libc, EntryPoint = "renameat2", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int RenameAt(int fromFolder, string from, int toFolder, string to, uint flags);

    [LibraryImport(Libc, EntryPoint = "linkat", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int LinkAt(int fromFolder, string from, int toFolder, string to, int flags);

    [LibraryImport(Libc, EntryPoint = "unlinkat", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int UnlinkAt(int folder, string path, int flags);
}
