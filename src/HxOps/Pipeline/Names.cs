using System.Management.Automation;
using HxOps.Errors;

namespace HxOps.Pipeline;

/// <summary>Chooses from a list by names that may hold wildcards.</summary>
internal static class Names
{
    /// <summary>Whether the name stands for several.</summary>
    public static bool IsPattern(string name) => WildcardPattern.ContainsWildcardCharacters(name);

    /// <summary>Those whose name matches.</summary>
    /// <exception cref="HxException"><see cref="CommonErrors.PatternInvalid"/>.</exception>
    public static IReadOnlyCollection<T> Matching<T>(IEnumerable<T> items, Func<T, string> nameOf, string pattern)
    {
        try
        {
            var wildcards = WildcardPattern.Get(pattern, WildcardOptions.IgnoreCase);
            wildcards.IsMatch(""); // A pattern is read when it is first used, and a list may be empty.
            return [.. items.Where(item => wildcards.IsMatch(nameOf(item)))];
        }
        catch (WildcardPatternException defect)
        {
            throw new HxException(CommonErrors.PatternInvalid, pattern, $"'{pattern}' is no pattern: {defect.Message}", defect);
        }
    }

    /// <summary>Those whose name matches; a name that stands for one must be known.</summary>
    /// <exception cref="HxException"><paramref name="unknown"/>, or <see cref="CommonErrors.PatternInvalid"/>.</exception>
    public static IReadOnlyCollection<T> Choose<T>(IEnumerable<T> items, Func<T, string> nameOf, string name, ErrorId unknown, string noun)
    {
        var found = Matching(items, nameOf, name);
        return found.Count > 0 || IsPattern(name) ? found : throw new HxException(unknown, name, $"There is no {noun} '{name}'.");
    }
}
