using System.Collections.Immutable;

namespace HxOps.Files.Metadata;

/// <summary>Metadata to be set on an entry, with owners as numbers of this machine.</summary>
/// <param name="Mode">The low twelve bits of st_mode; without meaning for a symbolic link.</param>
/// <param name="UserId">Owner.</param>
/// <param name="GroupId">Group.</param>
public sealed record MetadataSetting(int Mode, uint UserId, uint GroupId)
{
    /// <summary>Time of the last modification in nanoseconds since 1970-01-01 UTC; null leaves it.</summary>
    public long? ModifiedNanoseconds { get; init; }

    /// <summary>All restorable extended attributes that there shall be; null leaves them.</summary>
    public ImmutableSortedDictionary<string, ImmutableArray<byte>>? ExtendedAttributes { get; init; }

    /// <summary>The setting that brings back what was read.</summary>
    public static MetadataSetting Of(FileMetadata metadata) => new(metadata.Mode, metadata.UserId, metadata.GroupId)
    {
        ModifiedNanoseconds = metadata.ModifiedNanoseconds,
        ExtendedAttributes = ExtendedAttributeRules.Restorable(metadata.ExtendedAttributes),
    };
}
