using System.Collections.Immutable;
using System.Text.RegularExpressions;
using HxOps.Files;

namespace HxOps.Services.Units;

/// <summary>Finds the files that a path with wildcards names, as glob(3) does: <c>*</c>, <c>?</c> and <c>[...]</c> within one level, no leading dot.</summary>
internal static class PathGlob
{
    /// <summary>Whether it names more than itself.</summary>
    internal static bool IsPattern(string path) => path.AsSpan().ContainsAny('*', '?', '[');

    /// <summary>The local paths of the files, by name.</summary>
    /// <exception cref="IOException">A folder on the way cannot be read; so says <see cref="UnauthorizedAccessException"/>, too.</exception>
    internal static ImmutableArray<string> Expand(HostRoot root, string pattern)
    {
        IEnumerable<string> found = [root.Folder];
        foreach (var level in pattern.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            found = IsPattern(level) ? found.SelectMany(folder => Matching(folder, level)) : found.Select(folder => $"{folder}/{level}");
        }

        return [.. found.Where(File.Exists)];
    }

    private static IEnumerable<string> Matching(string folder, string level)
    {
        if (!Directory.Exists(folder + "/"))
        {
            return [];
        }

        return Expression(level) is { } expression
            ? Directory.EnumerateFileSystemEntries(folder + "/")
                .Where(path => Path.GetFileName(path) is var name && expression.IsMatch(name) && (name[0] != '.' || level[0] == '.'))
                .Order(StringComparer.Ordinal)
            : [];
    }

    private static Regex? Expression(string level)
    {
        var text = Regex.Escape(level).Replace("\\*", ".*", StringComparison.Ordinal).Replace("\\?", ".", StringComparison.Ordinal);
        text = Regex.Replace(text, @"\\\[(!?)([^\]]+)\]", set => $"[{(set.Groups[1].Length > 0 ? "^" : "")}{set.Groups[2].Value}]", RegexOptions.NonBacktracking);
        try
        {
            return new Regex($"^{text}$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.Singleline);
        }
        catch (ArgumentException)
        {
            return null; // A range that runs backwards matches nothing.
        }
    }
}
