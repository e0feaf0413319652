using System.Collections;
using System.Collections.Immutable;
using System.Globalization;

namespace HxOps.Pipeline;

/// <summary>Turns the hashtable of <c>-MapOwner</c> into what a restore takes.</summary>
internal static class OwnerMap
{
    /// <summary>The owners of the archive and those of this host.</summary>
    public static ImmutableSortedDictionary<string, string> From(Hashtable owners) => owners.Cast<DictionaryEntry>()
        .ToImmutableSortedDictionary(pair => Text(pair.Key), pair => Text(pair.Value), StringComparer.Ordinal);

    private static string Text(object? value) => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
}
