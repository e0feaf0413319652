using System.Text.RegularExpressions;

namespace HxOps.Integration.Tests.Docs;

/// <summary>Finds which tests name which behaviour: in their name, a trait or a tag.</summary>
internal static partial class NamedTests
{
    private static readonly string[] s_folders = ["tests", "Pester"];

    /// <summary>Test names by behaviour id, both in order.</summary>
    public static SortedDictionary<string, SortedSet<string>> ByBehaviour()
    {
        var found = new SortedDictionary<string, SortedSet<string>>(StringComparer.Ordinal);
        foreach (var file in Sources())
        {
            foreach (var (id, test) in file.EndsWith(".cs", StringComparison.Ordinal) ? InClass(file) : InPester(file))
            {
                if (!found.TryGetValue(id, out var tests))
                    found[id] = tests = new SortedSet<string>(StringComparer.Ordinal);
                tests.Add(test);
            }
        }

        return found;
    }

    private static IEnumerable<string> Sources() =>
        from folder in s_folders
        let path = Path.Combine(Repository.Top, folder)
        where Directory.Exists(path)
        from file in Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories)
        where file.EndsWith(".cs", StringComparison.Ordinal) || file.EndsWith(".ps1", StringComparison.Ordinal)
        where !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal)
        select file;

    // An attribute counts for the test or the class that follows it.
    private static IEnumerable<(string Id, string Test)> InClass(string file)
    {
        var type = Path.GetFileNameWithoutExtension(file);
        var pending = new List<string>();
        foreach (var line in File.ReadLines(file))
        {
            if (line.TrimStart().StartsWith('['))
                pending.AddRange(Ids(line));

            if (Declaration().Match(line) is not { Success: true } declaration)
                continue;

            var name = declaration.Groups["method"] is { Success: true } method ? $"{type}.{method.Value}" : type;
            foreach (var id in pending.Concat(Ids(declaration.Value)))
                yield return (id, name);
            pending.Clear();
        }
    }

    private static IEnumerable<(string Id, string Test)> InPester(string file) =>
        from line in File.ReadLines(file)
        let block = PesterBlock().Match(line)
        where block.Success
        from id in Ids(line)
        select (id, $"{Path.GetFileName(file)}: {block.Groups["name"].Value}");

    private static IEnumerable<string> Ids(string text) => Behaviour().Matches(text).Select(match => match.Value.Replace('_', '-'));

    [GeneratedRegex(@"(?<![A-Za-z0-9])[ECSHPT][-_][0-9]{2}(?![0-9])")]
    private static partial Regex Behaviour();

    [GeneratedRegex(@"public\s+(async\s+)?(Task|void)\s+(?<method>\w+)\(|public\s+(sealed\s+)?class\s+\w+")]
    private static partial Regex Declaration();

    [GeneratedRegex(@"^\s*(It|Context|Describe)\s+(['""])(?<name>.*?)\2")]
    private static partial Regex PesterBlock();
}
