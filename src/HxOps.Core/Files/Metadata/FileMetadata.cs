using System.Collections.Immutable;

namespace HxOps.Files.Metadata;

/// <summary>All that a restore must bring back about one entry besides its bytes.</summary>
public sealed record FileMetadata
{
    /// <summary>What the entry is.</summary>
    public required FileKind Kind { get; init; }

    /// <summary>Permission bits with set-user-id, set-group-id and sticky: the low twelve bits of st_mode.</summary>
    public required int Mode { get; init; }

    /// <summary>Numeric owner.</summary>
    public required uint UserId { get; init; }

    /// <summary>Numeric group.</summary>
    public required uint GroupId { get; init; }

    /// <summary>The owner's name, or null where the host knows none for the number.</summary>
    public string? UserName { get; init; }

    /// <summary>The group's name, or null where the host knows none for the number.</summary>
    public string? GroupName { get; init; }

    /// <summary>Time of the last modification in nanoseconds since 1970-01-01 UTC; negative before it.</summary>
    public required long ModifiedNanoseconds { get; init; }

    /// <summary>Size in bytes; zero for anything but a regular file.</summary>
    public long Size { get; init; }

    /// <summary>Where a symbolic link points, verbatim.</summary>
    public string? LinkTarget { get; init; }

    /// <summary>Extended attributes by name, among them <c>system.posix_acl_access</c> and <c>security.capability</c>.</summary>
    public ImmutableSortedDictionary<string, ImmutableArray<byte>> ExtendedAttributes { get; init; } =
        ImmutableSortedDictionary<string, ImmutableArray<byte>>.Empty;

    /// <summary>The device and inode, by which hard links are told; not restored.</summary>
    public FileIdentity Identity { get; init; }

    /// <summary>How many names the file has; above one it may be a hard link of another captured file.</summary>
    public long LinkCount { get; init; } = 1;
}

/// <summary>Which file it is, whatever its names are.</summary>
/// <param name="Device">The device number.</param>
/// <param name="Inode">The inode number on it.</param>
public readonly record struct FileIdentity(ulong Device, ulong Inode);
