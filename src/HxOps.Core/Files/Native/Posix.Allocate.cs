using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace HxOps.Files.Native;

/// <content>Taking room on a disk before it is needed.</content>
internal static partial class Posix
{
    /// <summary>Makes sure that a range of a file can be written without further room; it reads as zeros where nothing was. Zero, or why it failed.</summary>
    [LibraryImport(Libc, EntryPoint = "posix_fallocate")]
    internal static partial int Allocate(SafeFileHandle file, long offset, long length);
}
