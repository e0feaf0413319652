using System.Buffers.Binary;
using System.Text;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace HxOps.Files.Native;

/// <content>Entries of open folders, by names of any bytes.</content>
internal static unsafe partial class Posix
{
    private const int NamesAtOnce = 32 << 10;

    // struct linux_dirent64: the record's length, and behind it the name.
    private const int RecordLengthOffset = 16;
    private const int NameOffset = 19;

    /// <summary>The bytes of a name, with the zero that ends it.</summary>
    internal static byte[] NameOf(string name) => Encoding.UTF8.GetBytes(name + '\0');

    /// <summary>Removes an entry that is not a folder.</summary>
    internal static int Unlink(EntryName entry)
    {
        fixed (byte* name = entry.Name)
            return UnlinkEntry(entry.Folder, name, 0);
    }

    /// <summary>Removes an entry that is an empty folder.</summary>
    internal static int RemoveFolder(EntryName entry)
    {
        fixed (byte* name = entry.Name)
            return UnlinkEntry(entry.Folder, name, AT_REMOVEDIR);
    }

    /// <summary>Opens an entry that is a folder, and no link to one; null when that failed.</summary>
    internal static SafeFileHandle? OpenFolder(EntryName entry)
    {
        fixed (byte* name = entry.Name)
        {
            var descriptor = OpenEntry(entry.Folder, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
            return descriptor < 0 ? null : new SafeFileHandle(descriptor, ownsHandle: true);
        }
    }

    /// <summary>The names in an open folder, but for its own and its parent's; null when that failed.</summary>
    internal static List<byte[]>? NamesIn(SafeFileHandle folder)
    {
        var names = new List<byte[]>();
        var records = new byte[NamesAtOnce];
        fixed (byte* start = records)
        {
            nint length;
            while ((length = ReadFolder(folder, start, NamesAtOnce)) > 0)
                AddNames(records.AsSpan(0, (int)length), names);
            return length < 0 ? null : names;
        }
    }

    private static void AddNames(ReadOnlySpan<byte> records, List<byte[]> names)
    {
        while (!records.IsEmpty)
        {
            var length = BinaryPrimitives.ReadUInt16LittleEndian(records[RecordLengthOffset..]);
            var name = records[NameOffset..length];
            name = name[..(name.IndexOf((byte)0) + 1)];
            if (!name.SequenceEqual(".\0"u8) && !name.SequenceEqual("..\0"u8))
                names.Add(name.ToArray());
            records = records[length..];
        }
    }

    [LibraryImport(Libc, EntryPoint = "unlinkat", SetLastError = true)]
    private static partial int UnlinkEntry(SafeFileHandle folder, byte* name, int flags);

    [LibraryImport(Libc, EntryPoint = "openat", SetLastError = true)]
    private static partial int OpenEntry(SafeFileHandle folder, byte* name, int flags);

    [LibraryImport(Libc, EntryPoint = "getdents64", SetLastError = true)]
    private static partial nint ReadFolder(SafeFileHandle folder, byte* buffer, nuint size);
}

/// <summary>A name in an open folder.</summary>
/// <param name="Folder">The folder.</param>
/// <param name="Name">The name's bytes, with the zero that ends it.</param>
internal readonly record struct EntryName(SafeFileHandle Folder, byte[] Name);
