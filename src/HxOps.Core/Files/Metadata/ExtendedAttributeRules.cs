using System.Collections.Immutable;

namespace HxOps.Files.Metadata;

/// <summary>Which extended attributes belong to an entry's state. The rest is the kernel's or a security module's own business.</summary>
internal static class ExtendedAttributeRules
{
    internal static bool IsRestorable(string name) =>
        name.StartsWith("user.", StringComparison.Ordinal)
        || name is "system.posix_acl_access" or "system.posix_acl_default" or "security.capability";

    internal static ImmutableSortedDictionary<string, ImmutableArray<byte>> Restorable(ImmutableSortedDictionary<string, ImmutableArray<byte>> all) =>
        all.Keys.All(IsRestorable) ? all : all.RemoveRange(all.Keys.Where(name => !IsRestorable(name)));

    internal static bool AreEqual(
        ImmutableSortedDictionary<string, ImmutableArray<byte>> one, ImmutableSortedDictionary<string, ImmutableArray<byte>> other) =>
        one.Count == other.Count && one.All(pair => other.TryGetValue(pair.Key, out var value) && value.AsSpan().SequenceEqual(pair.Value.AsSpan()));
}
