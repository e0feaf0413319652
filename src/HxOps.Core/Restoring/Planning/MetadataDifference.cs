using System.Globalization;
using HxOps.Files.Metadata;

namespace HxOps.Restoring.Planning;

/// <summary>Puts into words in what an entry's metadata differ from what they shall be.</summary>
internal static class MetadataDifference
{
    /// <summary>The words for a difference of nothing but the time.</summary>
    internal const string Time = "modified time";

    /// <summary>The differences; empty when there are none.</summary>
    internal static string Describe(FileMetadata present, MetadataSetting wanted)
    {
        var differences = new List<string>();
        if (present.Kind != FileKind.SymbolicLink && present.Mode != wanted.Mode)
            differences.Add($"mode {Octal(present.Mode)} to {Octal(wanted.Mode)}");

        if (present.UserId != wanted.UserId || present.GroupId != wanted.GroupId)
            differences.Add(string.Create(CultureInfo.InvariantCulture, $"owner {present.UserId}:{present.GroupId} to {wanted.UserId}:{wanted.GroupId}"));

        if (present.Kind != FileKind.SymbolicLink && wanted.ExtendedAttributes is { } attributes
            && !ExtendedAttributeRules.AreEqual(attributes, ExtendedAttributeRules.Restorable(present.ExtendedAttributes)))
            differences.Add("attributes");

        if (wanted.ModifiedNanoseconds is { } modified && modified != present.ModifiedNanoseconds)
            differences.Add(Time);

        return string.Join(", ", differences);
    }

    private static string Octal(int mode) => Convert.ToString(mode, 8);
}
