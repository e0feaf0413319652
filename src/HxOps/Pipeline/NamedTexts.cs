using System.Collections;
using System.Collections.Immutable;
using System.Globalization;

namespace HxOps.Pipeline;

/// <summary>Turns a hashtable of the user into texts by name.</summary>
internal static class NamedTexts
{
    /// <summary>The texts by name.</summary>
    public static ImmutableSortedDictionary<string, string> From(Hashtable table) => table.Cast<DictionaryEntry>()
        .ToImmutableSortedDictionary(pair => Text(pair.Key), pair => Text(pair.Value), StringComparer.Ordinal);

    private static string Text(object? value) => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
}
