using HxOps.Files.Metadata;

namespace HxOps.Restoring.Planning;

/// <summary>A wanted path and what stands there now.</summary>
internal sealed class ObservedEntry(WantedEntry wanted, FileMetadata? present)
{
    internal WantedEntry Wanted { get; } = wanted;

    internal FileMetadata? Present { get; } = present;

    /// <summary>Whether the content on the host is the wanted one.</summary>
    internal bool SameContent { get; set; }

    /// <summary>Whether the content on the host begins like a script's; only known where it was hashed.</summary>
    internal bool IsScript { get; set; }

    internal bool NeedsHash => Present is { Kind: FileKind.File } && Wanted is { Kind: FileKind.File, Entry: { } entry } && Present.Size == entry.Metadata.Size;

    /// <summary>The metadata to set, as far as is known: where the content is another one, only its arrival tells whether it is a script.</summary>
    internal MetadataSetting Setting => SameContent ? Wanted.SettingFor(IsScript) : Wanted.Setting;
}
