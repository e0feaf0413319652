using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace HxOps.Files.Native;

/// <content>Reading without a trace, and syncing a whole file system.</content>
internal static partial class Posix
{
    internal const int O_NOATIME = 0x40000;

    /// <summary>Opens for reading without changing the time of last access; where only the owner may ask for that, as usual.</summary>
    internal static SafeFileHandle? OpenUntouched(string path, int flags) =>
        Open(path, flags | O_NOATIME) ?? (LastError == EPERM ? Open(path, flags) : null);

    /// <summary>Writes out all that the file system of an open file has not written yet, and reports its errors.</summary>
    [LibraryImport(Libc, EntryPoint = "syncfs", SetLastError = true)]
    internal static partial int SyncFileSystem(SafeFileHandle file);
}
