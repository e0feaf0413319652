using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace HxOps.Evidence;

/// <summary>A set of saved evidence.</summary>
public sealed record EvidenceInfo
{
    /// <summary>Its id, such as <c>evidence-20250818T175013Z</c>.</summary>
    public required string Id { get; init; }

    /// <summary>What it is for.</summary>
    public required string Note { get; init; }

    /// <summary>When it was taken.</summary>
    public required DateTimeOffset CreatedUtc { get; init; }

    /// <summary>Its local folder; <c>sha256sum -c sha256sums.txt</c> in it proves the files.</summary>
    public required string Folder { get; init; }

    /// <summary>Its files, in the order in which the joined file has them.</summary>
    public required ImmutableArray<EvidenceItem> Items { get; init; }
}

/// <summary>One piece of evidence: a file.</summary>
/// <param name="Id">Its file name.</param>
/// <param name="Source">What it was taken from.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Sha256">Its checksum, in lower case.</param>
/// <param name="IsAvailable">Whether the source gave anything; otherwise the file says why not.</param>
public sealed record EvidenceItem(string Id, string Source, long Bytes, string Sha256, bool IsAvailable);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(EvidenceInfo))]
internal sealed partial class EvidenceJson : JsonSerializerContext;
