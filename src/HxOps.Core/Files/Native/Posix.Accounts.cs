using System.Runtime.InteropServices;

namespace HxOps.Files.Native;

/// <content>The account database. Both structs look the same under glibc and musl.</content>
internal static partial class Posix
{
    [LibraryImport(Libc, EntryPoint = "getpwnam_r", StringMarshalling = StringMarshalling.Utf8)]
    internal static unsafe partial int FindUser(string name, out UserRecord record, byte* buffer, nuint size, out nint found);

    [LibraryImport(Libc, EntryPoint = "getpwuid_r")]
    internal static unsafe partial int FindUser(uint id, out UserRecord record, byte* buffer, nuint size, out nint found);

    [LibraryImport(Libc, EntryPoint = "getgrnam_r", StringMarshalling = StringMarshalling.Utf8)]
    internal static unsafe partial int FindGroup(string name, out GroupRecord record, byte* buffer, nuint size, out nint found);

    [LibraryImport(Libc, EntryPoint = "getgrgid_r")]
    internal static unsafe partial int FindGroup(uint id, out GroupRecord record, byte* buffer, nuint size, out nint found);

    [StructLayout(LayoutKind.Sequential)]
    internal struct UserRecord
    {
        internal nint Name;
        internal nint Password;
        internal uint UserId;
        internal uint GroupId;
        internal nint Comment;
        internal nint Home;
        internal nint Shell;
    }

    [StructLayout(LayoutKind.Sequential)]
    internal struct GroupRecord
    {
        internal nint Name;
        internal nint Password;
        internal uint GroupId;
        internal nint Members;
    }
}
