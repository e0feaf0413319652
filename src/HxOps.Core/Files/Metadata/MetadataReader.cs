using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using HxOps.Files.Accounts;
using HxOps.Files.Native;
using Microsoft.Win32.SafeHandles;

namespace HxOps.Files.Metadata;

/// <summary>Reads what the file system knows about an entry besides its bytes. Never follows a link.</summary>
public sealed class MetadataReader(AccountDirectory accounts)
{
    private const int LargestLink = 64 << 10;
    private const int LargestAttribute = 64 << 10; // XATTR_SIZE_MAX and XATTR_LIST_MAX of the kernel.

    /// <summary>The metadata of an entry, or null when there is none of that name.</summary>
    /// <param name="path">A local path.</param>
    /// <exception cref="Errors.HxException">It exists and cannot be looked at.</exception>
    public FileMetadata? TryRead(string path)
    {
        if (Posix.TryStat(path, out var stat))
            return Complete(path, stat);

        return Posix.LastError is Posix.ENOENT or Posix.ENOTDIR ? null : throw FileFailure.FromErrno(Posix.LastError, path, "read");
    }

    /// <summary>The metadata of an entry.</summary>
    /// <inheritdoc cref="TryRead"/>
    public FileMetadata Read(string path) => TryRead(path) ?? throw FileFailure.FromErrno(Posix.ENOENT, path, "read");

    /// <summary>The metadata of a file that is open, with the attributes found under its path.</summary>
    internal FileMetadata Read(SafeFileHandle file, string path) =>
        Posix.TryStat(file, out var stat) ? Complete(path, stat) : throw FileFailure.FromErrno(Posix.LastError, path, "read");

    private FileMetadata Complete(string path, in Posix.Stat stat) => new()
    {
        Kind = stat.Kind,
        Mode = stat.Mode,
        UserId = stat.UserId,
        GroupId = stat.GroupId,
        UserName = accounts.UserName(stat.UserId),
        GroupName = accounts.GroupName(stat.GroupId),
        ModifiedNanoseconds = stat.ModifiedNanoseconds,
        Size = stat.Kind == FileKind.File ? (long)stat.Size : 0,
        LinkTarget = stat.Kind == FileKind.SymbolicLink ? ReadLink(path) : null,
        ExtendedAttributes = ReadAttributes(path),
        Identity = stat.Identity,
        LinkCount = stat.LinkCount,
    };

    private static unsafe string ReadLink(string path)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(LargestLink);
        try
        {
            fixed (byte* start = buffer)
            {
                var length = Posix.ReadLink(path, start, (nuint)buffer.Length);
                return length >= 0 ? Encoding.UTF8.GetString(buffer, 0, (int)length) : throw FileFailure.FromErrno(Posix.LastError, path, "read");
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static unsafe ImmutableSortedDictionary<string, ImmutableArray<byte>> ReadAttributes(string path)
    {
        var none = ImmutableSortedDictionary<string, ImmutableArray<byte>>.Empty;
        if (Posix.ListAttributes(path, null, 0) <= 0)
            return none; // Nothing there, or a file system without attributes.

        var buffer = ArrayPool<byte>.Shared.Rent(LargestAttribute);
        try
        {
            fixed (byte* start = buffer)
            {
                var length = Posix.ListAttributes(path, start, (nuint)buffer.Length);
                if (length <= 0)
                    return none;

                var attributes = ImmutableSortedDictionary.CreateBuilder<string, ImmutableArray<byte>>(StringComparer.Ordinal);
                foreach (var name in Encoding.UTF8.GetString(buffer, 0, (int)length).Split('\0', StringSplitOptions.RemoveEmptyEntries))
                {
                    var size = Posix.GetAttribute(path, name, start, (nuint)buffer.Length);
                    if (size >= 0)
                        attributes[name] = [.. buffer.AsSpan(0, (int)size)];
                    else if (Posix.LastError is not (Posix.ENODATA or Posix.EPERM or Posix.EACCES or Posix.ENOTSUP))
                        throw FileFailure.FromErrno(Posix.LastError, path, "read");
                }

                return attributes.ToImmutable();
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
