using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using HxOps.Files.Metadata;
using HxOps.Formats;

namespace HxOps.Checkpoints.Layout;

/// <summary>The JSON form of a <see cref="CheckpointManifest"/>. Property names and forms are a contract: docs/design.md describes them.</summary>
internal sealed record ManifestDocument
{
    public required int Format { get; init; }

    public required string Id { get; init; }

    public required string Writer { get; init; }

    public required DateTimeOffset CreatedUtc { get; init; }

    public required CheckpointKind Kind { get; init; }

    public required string Deployment { get; init; }

    public required string HostName { get; init; }

    public string Note { get; init; } = "";

    public required GatewayState Gateway { get; init; }

    public string GatewayFinding { get; init; } = "";

    public required IEnumerable<ManifestEntryDocument> Entries { get; init; }

    public required IReadOnlyList<AbsentPath> Absent { get; init; }

    public required IReadOnlyList<SkippedPath> Skipped { get; init; }

    /// <summary>Writes a manifest as indented UTF-8 text with a line end.</summary>
    internal static void Write(CheckpointManifest manifest, Stream stream)
    {
        var document = new ManifestDocument
        {
            Format = manifest.Format,
            Id = manifest.Id,
            Writer = manifest.Writer,
            CreatedUtc = manifest.CreatedUtc,
            Kind = manifest.Kind,
            Deployment = manifest.Deployment,
            HostName = manifest.HostName,
            Note = manifest.Note,
            Gateway = manifest.Gateway,
            GatewayFinding = manifest.GatewayFinding,
            Entries = manifest.Entries.Select(ManifestEntryDocument.From),
            Absent = manifest.Absent,
            Skipped = manifest.Skipped,
        };
        JsonSerializer.Serialize(stream, document, CheckpointJson.Default.ManifestDocument);
        stream.Write("\n"u8);
    }

    /// <summary>Reads a manifest.</summary>
    /// <exception cref="JsonException">It is malformed.</exception>
    internal static CheckpointManifest Read(ReadOnlySpan<byte> json)
    {
        var document = JsonSerializer.Deserialize(json, CheckpointJson.Default.ManifestDocument) ?? throw new JsonException("It is null.");
        return new CheckpointManifest
        {
            Format = document.Format,
            Id = document.Id,
            Writer = document.Writer,
            CreatedUtc = document.CreatedUtc,
            Kind = document.Kind,
            Deployment = document.Deployment,
            HostName = document.HostName,
            Note = document.Note,
            Gateway = document.Gateway,
            GatewayFinding = document.GatewayFinding,
            Entries = [.. document.Entries.Select(entry => Present(entry).ToEntry())],
            Absent = [.. document.Absent.Select(Present)],
            Skipped = [.. document.Skipped.Select(Present)],
        };
    }

    private static T Present<T>(T? element)
        where T : class => element ?? throw new JsonException("An element of a list is null.");
}

/// <summary>The JSON form of a <see cref="ManifestEntry"/>. The mode is octal text, attributes are base64.</summary>
internal sealed record ManifestEntryDocument
{
    public required string Path { get; init; }

    public string? HostPath { get; init; }

    public string? Component { get; init; }

    public required FileKind Kind { get; init; }

    public required string Mode { get; init; }

    public required uint UserId { get; init; }

    public required uint GroupId { get; init; }

    public string? User { get; init; }

    public string? Group { get; init; }

    public required long ModifiedNanoseconds { get; init; }

    public long? Size { get; init; }

    public string? Sha256 { get; init; }

    public string? LinkTarget { get; init; }

    public string? HardLinkTo { get; init; }

    public IReadOnlyDictionary<string, byte[]>? Attributes { get; init; }

    internal static ManifestEntryDocument From(ManifestEntry entry)
    {
        var metadata = entry.Metadata;
        var attributes = metadata.ExtendedAttributes;
        return new ManifestEntryDocument
        {
            Path = entry.ArchivePath,
            HostPath = entry.HostPath,
            Component = entry.Component,
            Kind = metadata.Kind,
            Mode = Convert.ToString(metadata.Mode, 8).PadLeft(4, '0'),
            UserId = metadata.UserId,
            GroupId = metadata.GroupId,
            User = metadata.UserName,
            Group = metadata.GroupName,
            ModifiedNanoseconds = metadata.ModifiedNanoseconds,
            Size = metadata.Kind == FileKind.File ? metadata.Size : null,
            Sha256 = entry.Sha256,
            LinkTarget = metadata.LinkTarget,
            HardLinkTo = entry.HardLinkTo,
            Attributes = attributes.IsEmpty ? null : attributes.ToDictionary(pair => pair.Key, pair => ImmutableCollectionsMarshal.AsArray(pair.Value)!),
        };
    }

    internal ManifestEntry ToEntry() => new()
    {
        ArchivePath = Path,
        HostPath = HostPath,
        Component = Component,
        Sha256 = Sha256,
        HardLinkTo = HardLinkTo,
        Metadata = new FileMetadata
        {
            Kind = Kind,
            Mode = ParseMode(Mode),
            UserId = UserId,
            GroupId = GroupId,
            UserName = User,
            GroupName = Group,
            ModifiedNanoseconds = ModifiedNanoseconds,
            Size = SizeWithin(Size ?? 0),
            LinkTarget = LinkTarget,
            ExtendedAttributes = Attributes?.ToImmutableSortedDictionary(pair => pair.Key, pair => ImmutableArray.Create(pair.Value), StringComparer.Ordinal)
                ?? ImmutableSortedDictionary<string, ImmutableArray<byte>>.Empty,
        },
    };

    private static long SizeWithin(long size) =>
        size >= 0 && size <= ArchiveBounds.Default.TotalBytes ? size : throw new JsonException(string.Create(CultureInfo.InvariantCulture, $"{size} is no size of a file."));

    private static int ParseMode(string text)
    {
        var mode = 0;
        foreach (var digit in text)
        {
            if (digit is < '0' or > '7' || (mode = (mode << 3) | (digit - '0')) > 0xFFF)
                throw new JsonException(string.Create(CultureInfo.InvariantCulture, $"The mode {text} is not four octal digits."));
        }

        return mode;
    }
}
