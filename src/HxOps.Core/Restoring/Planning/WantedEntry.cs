using HxOps.Checkpoints;
using HxOps.Files.Metadata;

namespace HxOps.Restoring.Planning;

/// <summary>A managed path as it shall be after a restore, with owners as numbers of this host.</summary>
internal sealed record WantedEntry
{
    internal required string HostPath { get; init; }

    internal required string Component { get; init; }

    internal required FileKind Kind { get; init; }

    internal required MetadataSetting Setting { get; init; }

    /// <summary>The mode in case the content turns out to begin with <c>#!</c>; null when that changes nothing.</summary>
    internal int? ScriptMode { get; init; }

    /// <summary>The archive's record of it; null for a folder that only policy asks for.</summary>
    internal ManifestEntry? Entry { get; init; }

    /// <summary>The archive path of the entry that carries the content; the same for all names of one hard-linked file.</summary>
    internal string? Content { get; init; }

    /// <summary>Whether a restore can be asked to take it back: evidence never is.</summary>
    internal bool IsEvidence { get; init; }

    /// <summary>The setting once the content is known.</summary>
    internal MetadataSetting SettingFor(bool isScript) => isScript && ScriptMode is { } mode ? Setting with { Mode = mode } : Setting;
}
