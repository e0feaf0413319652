using System.Management.Automation;

namespace HxOps.Pipeline;

/// <summary>Chooses from a list by names that may hold wildcards.</summary>
internal static class Names
{
    /// <summary>Whether the name stands for several.</summary>
    public static bool IsPattern(string name) => WildcardPattern.ContainsWildcardCharacters(name);

    /// <summary>Those whose name matches.</summary>
    public static IEnumerable<T> Matching<T>(IEnumerable<T> items, Func<T, string> nameOf, string pattern)
    {
        var wildcards = WildcardPattern.Get(pattern, WildcardOptions.IgnoreCase);
        return items.Where(item => wildcards.IsMatch(nameOf(item)));
    }
}
