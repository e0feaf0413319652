using System.Runtime.InteropServices;

namespace HxOps.Files.Native;

/// <content>Extended attributes of an entry itself, never of what a link points to.</content>
internal static partial class Posix
{
    [LibraryImport(Libc, EntryPoint = "llistxattr", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static unsafe partial nint ListAttributes(string path, byte* names, nuint size);

    [LibraryImport(Libc, EntryPoint = "lgetxattr", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static unsafe partial nint GetAttribute(string path, string name, byte* value, nuint size);
}
