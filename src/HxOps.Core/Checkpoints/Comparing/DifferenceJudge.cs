using System.Globalization;
using HxOps.Files.Metadata;

namespace HxOps.Checkpoints.Comparing;

/// <summary>Tells how two entries of one path differ.</summary>
internal sealed class DifferenceJudge(StatePrecision precision)
{
    /// <summary>The difference, or null when there is none.</summary>
    internal (DifferenceKind Kind, string Detail)? Judge(ManifestEntry before, ManifestEntry after)
    {
        var (old, now) = (before.Metadata, after.Metadata);
        if (old.Kind != now.Kind)
            return (DifferenceKind.Changed, $"{Name(old.Kind)} to {Name(now.Kind)}");
        if (old.LinkTarget != now.LinkTarget)
            return (DifferenceKind.Changed, $"link to {old.LinkTarget} now to {now.LinkTarget}");
        if (before.Sha256 != after.Sha256)
            return (DifferenceKind.Changed, Size(old, now));

        var details = Metadata(before, after).ToList();
        return details.Count == 0 ? null : (DifferenceKind.Metadata, string.Join(", ", details));
    }

    private IEnumerable<string> Metadata(ManifestEntry before, ManifestEntry after)
    {
        var (old, now) = (before.Metadata, after.Metadata);
        if (before.HostPath is null)
            yield break; // It was generated: its owner and time mean nothing.

        // Links have no mode of their own.
        if (old.Kind != FileKind.SymbolicLink && old.Mode != now.Mode)
            yield return $"mode {Octal(old.Mode)} to {Octal(now.Mode)}";
        if (Owner(old) != Owner(now))
            yield return $"owner {Owner(old)} to {Owner(now)}";
        if (precision != StatePrecision.Fine)
            yield break;

        if (old.Kind == FileKind.File && old.ModifiedNanoseconds != now.ModifiedNanoseconds)
            yield return "time of modification";
        if (!SameAttributes(old, now))
            yield return "extended attributes";
    }

    private static bool SameAttributes(FileMetadata old, FileMetadata now) =>
        old.ExtendedAttributes.Count == now.ExtendedAttributes.Count
        && old.ExtendedAttributes.All(pair => now.ExtendedAttributes.TryGetValue(pair.Key, out var value) && value.AsSpan().SequenceEqual(pair.Value.AsSpan()));

    private static string Size(FileMetadata old, FileMetadata now) => old.Size == now.Size
        ? "same size"
        : string.Create(CultureInfo.InvariantCulture, $"{old.Size} to {now.Size} bytes");

    private static string Owner(FileMetadata metadata) =>
        string.Create(CultureInfo.InvariantCulture, $"{metadata.UserName ?? metadata.UserId.ToString(CultureInfo.InvariantCulture)}:{metadata.GroupName ?? metadata.GroupId.ToString(CultureInfo.InvariantCulture)}");

    private static string Octal(int mode) => Convert.ToString(mode, 8);

    private static string Name(FileKind kind) => kind switch
    {
        FileKind.Directory => "folder",
        FileKind.SymbolicLink => "link",
        _ => "file",
    };
}
