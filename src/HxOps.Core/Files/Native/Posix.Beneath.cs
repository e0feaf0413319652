using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace HxOps.Files.Native;

/// <content>Opening below a folder whose content somebody else may change meanwhile.</content>
internal static partial class Posix
{
    private const nint OpenAt2 = 437; // The same on every processor family.
    private const ulong ResolveNoSymbolicLinks = 4;
    private const ulong ResolveBeneath = 8;

    /// <summary>Opens an entry below a folder, going through no link and never out of the folder; null when that failed.</summary>
    /// <param name="folder">The open folder.</param>
    /// <param name="relativePath">The entry's path from there.</param>
    /// <param name="flags">As for an ordinary open.</param>
    internal static SafeFileHandle? OpenBeneath(SafeFileHandle folder, string relativePath, int flags)
    {
        var how = new OpenHow { Flags = (ulong)(flags | O_CLOEXEC), Resolve = ResolveNoSymbolicLinks | ResolveBeneath };
        var descriptor = (int)OpenAt2Call(OpenAt2, folder, relativePath, ref how, (nuint)Marshal.SizeOf<OpenHow>());
        return descriptor < 0 ? null : new SafeFileHandle(descriptor, ownsHandle: true);
    }

    [LibraryImport(Libc, EntryPoint = "syscall", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint OpenAt2Call(nint number, SafeFileHandle folder, string path, ref OpenHow how, nuint size);

    [StructLayout(LayoutKind.Sequential)]
    private struct OpenHow
    {
        internal ulong Flags;
        internal ulong Mode;
        internal ulong Resolve;
    }
}
