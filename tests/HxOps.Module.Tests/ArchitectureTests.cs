using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text.RegularExpressions;
using Xunit;

namespace HxOps.Module.Tests;

/// <summary>The arrows between the rooms, and who may do what, read from what was built and from the sources.</summary>
public sealed partial class ArchitectureTests
{
    private static readonly string[] s_packages = ["YamlDotNet", "ICSharpCode.SharpZipLib", "DiffPlex", "System.CommandLine", "System.Management.Automation"];

    [Theory]
    [InlineData("HxOps.Core")]
    [InlineData("HxOps.Codecs", "HxOps.Core", "YamlDotNet", "ICSharpCode.SharpZipLib", "DiffPlex")]
    [InlineData("HxOps", "HxOps.Core", "HxOps.Codecs", "System.Management.Automation")]
    [InlineData("HxOps.Cli", "HxOps.Core", "HxOps.Codecs", "System.CommandLine")]
    public void An_assembly_references_nothing_but_what_the_house_allows(string assembly, params string[] allowed)
    {
        var strangers = References(Repository.Locate($"bin/{assembly}.dll"))
            .Where(name => name.StartsWith("HxOps", StringComparison.Ordinal) || s_packages.Contains(name) || !IsRuntime(name))
            .Except(allowed);

        Assert.Empty(strangers);
    }

    [Theory]
    [InlineData("src/HxOps", "Composition.cs")]
    [InlineData("src/HxOps.Cli", "Program.cs")]
    public void Only_the_composition_root_names_the_codecs(string project, string root) =>
        Assert.DoesNotContain(FilesWith(project, Codecs()), path => Path.GetFileName(path) != root);

    [Fact]
    public void Only_Tools_starts_processes() =>
        Assert.DoesNotContain(FilesWith("src", ProcessStart()), path => !path.Contains("/HxOps.Core/Tools/", StringComparison.Ordinal));

    [Fact]
    public void Only_Files_and_Tools_call_the_operating_system() =>
        Assert.DoesNotContain(
            FilesWith("src", NativeCall()),
            path => !path.Contains("/HxOps.Core/Files/", StringComparison.Ordinal) && !path.Contains("/HxOps.Core/Tools/", StringComparison.Ordinal));

    [Fact]
    public void Core_never_talks_to_the_console() => Assert.Empty(FilesWith("src/HxOps.Core", ConsoleUse()));

    [Fact]
    public void Nothing_is_called_by_a_name_that_says_nothing() =>
        Assert.Empty(Repository.Sources("src").SelectMany(path => EmptyName().Matches(File.ReadAllText(path)).Select(match => $"{Short(path)}: {match.Value}")));

    [Fact]
    public void A_cmdlet_is_sealed_alone_in_its_file_and_has_bodies_of_at_most_fifteen_lines()
    {
        var flaws = Repository.Sources("src/HxOps/Commands").SelectMany(CmdletFlaws).ToList();

        Assert.Empty(flaws);
    }

    private static IEnumerable<string> CmdletFlaws(string path)
    {
        var text = File.ReadAllText(path);
        var name = Path.GetFileNameWithoutExtension(path);
        if (!text.Contains($"public sealed class {name} ", StringComparison.Ordinal))
            yield return $"{Short(path)}: no sealed class of the file's name";
        if (ForbiddenInCmdlets().Match(text) is { Success: true } match)
            yield return $"{Short(path)}: {match.Value}";
        foreach (var length in BodyLengths(text).Where(length => length > 15))
            yield return $"{Short(path)}: a body of {length} lines";
    }

    private static IEnumerable<int> BodyLengths(string text)
    {
        var lines = text.Split('\n');
        for (var first = 0; first < lines.Length; first++)
        {
            if (lines[first] != "    {")
                continue;
            var last = Array.IndexOf(lines, "    }", first);
            yield return last - first - 1;
        }
    }

    private static IEnumerable<string> FilesWith(string folder, Regex pattern) => Repository.Sources(folder)
        .Where(path => pattern.IsMatch(string.Join('\n', File.ReadLines(path).Where(line => !line.TrimStart().StartsWith("//", StringComparison.Ordinal)))))
        .Select(Short);

    private static string Short(string path) => "/" + Path.GetRelativePath(Repository.Top, path);

    private static IEnumerable<string> References(string path)
    {
        using var file = new PEReader(File.OpenRead(path));
        var metadata = file.GetMetadataReader();
        return [.. metadata.AssemblyReferences.Select(handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name))];
    }

    private static bool IsRuntime(string assembly) =>
        File.Exists(Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, assembly + ".dll"));

    [GeneratedRegex(@"\bCodecFactory\b|using HxOps\.Codecs|\bYamlDotNet\b(?!"")|\bSharpZipLib\b(?!"")|\bDiffPlex\b(?!"")")]
    private static partial Regex Codecs();

    [GeneratedRegex(@"\bProcess\.Start\b|\bnew ProcessStartInfo\b|\bnew Process\b")]
    private static partial Regex ProcessStart();

    [GeneratedRegex(@"\[(LibraryImport|DllImport)\b")]
    private static partial Regex NativeCall();

    [GeneratedRegex(@"\bConsole\.")]
    private static partial Regex ConsoleUse();

    [GeneratedRegex(@"\b(class|record|struct|interface) \w*(Manager|Helper|Helpers|Utils|Utility|Utilities|Common)\b")]
    private static partial Regex EmptyName();

    [GeneratedRegex(@"\btry\b|\bTask\.|\basync\b|\bawait\b|\bPath\.(Combine|Join|Get)|\bStringBuilder\b|\bcatch\b")]
    private static partial Regex ForbiddenInCmdlets();
}
