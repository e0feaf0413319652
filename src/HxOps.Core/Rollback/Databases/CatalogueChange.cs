using System.Collections.Immutable;

namespace HxOps.Rollback.Databases;

/// <summary>A difference between two states of a catalogue.</summary>
/// <param name="Kind">What has become of the entry.</param>
/// <param name="Entry">The entry.</param>
/// <param name="IsPlanned">Whether the plan names it, or the whole that it is part of.</param>
internal sealed record CatalogueChange(ChangeKind Kind, CatalogueEntry Entry, bool IsPlanned);

/// <summary>What has become of an entry.</summary>
internal enum ChangeKind
{
    /// <summary>It is gone.</summary>
    Dropped,

    /// <summary>It is new.</summary>
    Created,

    /// <summary>It is there and defined otherwise.</summary>
    Changed,
}

/// <summary>What happened to a catalogue.</summary>
internal static class CatalogueChanges
{
    private const int MostNamed = 12;

    /// <summary>The changes that a query gave: change, kind, schema, name, part of, planned.</summary>
    public static ImmutableArray<CatalogueChange> Read(ImmutableArray<string[]> rows) =>
    [
        .. rows.Where(row => row.Length == 6 && Enum.TryParse<ChangeKind>(row[0], out _))
            .Select(row => new CatalogueChange(Enum.Parse<ChangeKind>(row[0]), new CatalogueEntry(row[1], row[2], row[3], row[4]), row[5] == "t")),
    ];

    /// <summary>What is gone although the plan does not name it. What went with a table that is gone as well is not told twice.</summary>
    public static ImmutableArray<CatalogueEntry> Victims(ImmutableArray<CatalogueChange> changes)
    {
        var victims = changes.Where(change => change is { Kind: ChangeKind.Dropped, IsPlanned: false }).Select(change => change.Entry).ToList();
        var wholes = victims.Where(victim => victim.PartOf.Length == 0).Select(victim => $"{victim.Schema}.{victim.Name}").ToHashSet(StringComparer.Ordinal);
        return [.. victims.Where(victim => !wholes.Contains(victim.PartOf))];
    }

    /// <summary>Entries in words, the first ones by name.</summary>
    public static string Name(ImmutableArray<CatalogueEntry> entries) =>
        string.Join(", ", entries.Take(MostNamed).Select(entry => entry.Describe())) + (entries.Length > MostNamed ? $" and {entries.Length - MostNamed} more" : "");

    /// <summary>How many things went, came and changed; parts of tables are not counted.</summary>
    public static string Count(ImmutableArray<CatalogueChange> changes)
    {
        var whole = changes.Where(change => change.Entry.Kind is not ("column" or "default" or "constraint")).ToList();
        return $"{Of(ChangeKind.Dropped)} dropped, {Of(ChangeKind.Created)} created, {Of(ChangeKind.Changed)} changed";

        int Of(ChangeKind kind) => whole.Count(change => change.Kind == kind);
    }
}
