using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace HxOps.Files.Native;

/// <content>Locking.</content>
internal static partial class Posix
{
    internal const int O_RDWR = 2;
    internal const int LOCK_EX = 2;
    internal const int LOCK_NB = 4;
    internal const int LOCK_UN = 8;

    [LibraryImport(Libc, EntryPoint = "flock", SetLastError = true)]
    internal static partial int Lock(SafeFileHandle file, int operation);
}
