using System.Collections.Immutable;

namespace HxOps.Reporting;

/// <summary>Shows the words of a command line.</summary>
internal static class CommandWords
{
    /// <summary>The words in one line, without the value of an option whose name says that it is a secret; that of a word by itself is for a redactor.</summary>
    internal static string Join(ImmutableArray<string> words) =>
        string.Join(' ', words.Select((word, place) => place > 0 && IsSecret(words[place - 1], word) ? Redactor.Marker : word));

    // --password VALUE would pass where --password=VALUE does not.
    private static bool IsSecret(string option, string value)
    {
        var assignment = $"{option}={value}";
        return option.StartsWith('-') && !option.Contains('=', StringComparison.Ordinal) && Redactor.PatternsOnly.Redact(assignment) != assignment;
    }
}
