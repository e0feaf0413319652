using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace HxOps.Files.Native;

/// <content>Setting metadata.</content>
internal static partial class Posix
{
    internal const int O_PATH = 0x200000;
    private const long UTIME_OMIT = (1L << 30) - 2;

    /// <summary>Sets owner and group of an open entry, a symbolic link among them.</summary>
    internal static int ChangeOwner(SafeFileHandle entry, uint user, uint group) => ChangeOwnerAt(entry, "", user, group, AT_EMPTY_PATH);

    /// <summary>Sets the time of the last modification of the entry itself, and leaves that of the last access.</summary>
    internal static int SetModified(string path, long nanoseconds)
    {
        ReadOnlySpan<TimeSpecification> times = [new(0, UTIME_OMIT), TimeSpecification.Of(nanoseconds)];
        return SetTimes(AT_FDCWD, path, times, AT_SYMLINK_NOFOLLOW);
    }

    [LibraryImport(Libc, EntryPoint = "chmod", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int ChangeMode(string path, uint mode);

    [LibraryImport(Libc, EntryPoint = "setxattr", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int SetAttribute(string path, string name, ReadOnlySpan<byte> value, nuint size, int flags);

    [LibraryImport(Libc, EntryPoint = "removexattr", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int RemoveAttribute(string path, string name);

    [LibraryImport(Libc, EntryPoint = "fchownat", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int ChangeOwnerAt(SafeFileHandle folder, string path, uint user, uint group, int flags);

    [LibraryImport(Libc, EntryPoint = "utimensat", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetTimes(int folder, string path, ReadOnlySpan<TimeSpecification> times, int flags);

    /// <summary>The effective user of this process.</summary>
    [LibraryImport(Libc, EntryPoint = "geteuid")]
    internal static partial uint EffectiveUser();

    [LibraryImport(Libc, EntryPoint = "getegid")]
    internal static partial uint EffectiveGroup();

    [LibraryImport(Libc, EntryPoint = "getgroups", SetLastError = true)]
    internal static partial int Groups(int size, Span<uint> groups);

    [StructLayout(LayoutKind.Sequential)]
    internal readonly struct TimeSpecification(long seconds, long rest)
    {
        private const long Second = 1_000_000_000;

        internal readonly long Seconds = seconds;
        internal readonly long Rest = rest;

        // Times before 1970 are negative, and the rest counts forward from the whole second below.
        internal static TimeSpecification Of(long nanoseconds)
        {
            var (seconds, rest) = Math.DivRem(nanoseconds, Second);
            return rest < 0 ? new(seconds - 1, rest + Second) : new(seconds, rest);
        }
    }
}
