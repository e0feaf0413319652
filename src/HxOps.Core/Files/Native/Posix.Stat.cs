using System.Runtime.InteropServices;
using HxOps.Files.Metadata;
using Microsoft.Win32.SafeHandles;

namespace HxOps.Files.Native;

/// <content>What the file system knows about an entry.</content>
internal static partial class Posix
{
    private const int AT_FDCWD = -100;
    private const int AT_SYMLINK_NOFOLLOW = 0x100;
    private const int AT_EMPTY_PATH = 0x1000;
    private const uint STATX_BASIC_STATS = 0x7ff;

    internal const int S_IFMT = 0xF000;

    /// <summary>The entry itself, not what a link points to; false when it failed.</summary>
    internal static bool TryStat(string path, out Stat stat) =>
        StatxPath(AT_FDCWD, path, AT_SYMLINK_NOFOLLOW, STATX_BASIC_STATS, out stat) == 0;

    /// <summary>An open file; false when it failed.</summary>
    internal static bool TryStat(SafeFileHandle file, out Stat stat) =>
        StatxFile(file, "", AT_EMPTY_PATH, STATX_BASIC_STATS, out stat) == 0;

    [LibraryImport(Libc, EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int StatxPath(int folder, string path, int flags, uint mask, out Stat stat);

    [LibraryImport(Libc, EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int StatxFile(SafeFileHandle file, string path, int flags, uint mask, out Stat stat);

    [LibraryImport(Libc, EntryPoint = "readlink", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static unsafe partial nint ReadLink(string path, byte* buffer, nuint size);

    /// <summary>The kernel's <c>struct statx</c>: the same on every processor, unlike <c>struct stat</c>.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    internal struct Stat
    {
        [FieldOffset(16)] internal uint LinkCount;
        [FieldOffset(20)] internal uint UserId;
        [FieldOffset(24)] internal uint GroupId;
        [FieldOffset(28)] internal ushort ModeAndKind;
        [FieldOffset(32)] internal ulong Inode;
        [FieldOffset(40)] internal ulong Size;
        [FieldOffset(96)] internal long ChangedSeconds;
        [FieldOffset(104)] internal uint ChangedRest;
        [FieldOffset(112)] internal long ModifiedSeconds;
        [FieldOffset(120)] internal uint ModifiedRest;
        [FieldOffset(136)] internal uint DeviceMajor;
        [FieldOffset(140)] internal uint DeviceMinor;

        internal readonly int Mode => ModeAndKind & 0xFFF;

        internal readonly long ModifiedNanoseconds => ModifiedSeconds * 1_000_000_000 + ModifiedRest;

        internal readonly long ChangedNanoseconds => ChangedSeconds * 1_000_000_000 + ChangedRest;

        internal readonly FileIdentity Identity => new(((ulong)DeviceMajor << 32) | DeviceMinor, Inode);

        internal readonly FileKind Kind => (ModeAndKind & S_IFMT) switch
        {
            0x8000 => FileKind.File,
            0x4000 => FileKind.Directory,
            0xA000 => FileKind.SymbolicLink,
            0x1000 => FileKind.Fifo,
            0xC000 => FileKind.Socket,
            _ => FileKind.Device,
        };
    }
}
