using System.Text.RegularExpressions;
using HxOps.Help;
using Xunit;

namespace HxOps.Module.Tests;

public sealed partial class ManifestTests
{
    private static readonly string s_manifest = File.ReadAllText(Repository.Locate("HxOps.psd1"));

    [Fact]
    public void The_manifest_exports_just_the_cmdlets_of_the_assembly()
    {
        var exported = Name().Matches(Exports().Match(s_manifest).Value).Select(match => match.Groups[1].Value);

        Assert.Equal(CommandReader.Read(typeof(Commands.GetHxCheckpointCommand).Assembly.Location).Select(command => command.Name), exported);
    }

    [Fact]
    public void The_assemblies_have_the_version_of_the_manifest()
    {
        var version = typeof(Commands.GetHxCheckpointCommand).Assembly.GetName().Version!;

        Assert.Contains($"ModuleVersion        = '{version.ToString(3)}'", s_manifest, StringComparison.Ordinal);
    }

    [Fact]
    public void A_parameter_has_the_same_type_and_aliases_in_every_cmdlet_that_has_it()
    {
        // The one exception says what it is: several checkpoints may be tested, one restore undone, one note is said about each.
        var meanings = CommandReader.Read(typeof(Commands.GetHxCheckpointCommand).Assembly.Location)
            .SelectMany(command => command.Parameters)
            .Where(parameter => parameter.Name != "Id")
            .GroupBy(parameter => parameter.Name)
            .Where(parameters => parameters.Select(parameter => $"{parameter.Type} {string.Join(",", parameter.Aliases)}").Distinct().Count() > 1)
            .Select(parameters => parameters.Key);

        Assert.Empty(meanings);
    }

    [GeneratedRegex(@"CmdletsToExport\s*=\s*@\(([^)]*)\)")]
    private static partial Regex Exports();

    [GeneratedRegex("'([A-Za-z]+-[A-Za-z]+)'")]
    private static partial Regex Name();
}
