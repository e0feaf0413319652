using HxOps.Help;
using HxOps.TestKit;
using Xunit;

namespace HxOps.Module.Tests;

public sealed class HelpCompilerTests : IDisposable
{
    private const string Page = """
        # Get-Thing

        Gets a thing.

        ## Description

        It gets [one](elsewhere.md) `thing`.

        ## Parameters

        ### -Name

        Its name.

        ## Examples

        ### One

        ```powershell
        Get-Thing x
        ```

        ## Links

        - about_Things
        """;

    private static readonly CommandDescription s_command = new("Get", "Thing", "",
        [new ParameterDescription("Name", "String", false, false, "", [], [], [new ParameterPlace(ParameterPlace.EverySet, true, 0, "False")])], []);

    private readonly ScratchFolder _docs = new();

    [Fact]
    public void A_complete_document_becomes_help_and_an_about_text()
    {
        Assert.Empty(Compile(Page));

        var maml = File.ReadAllText(_docs["out/HxOps.dll-Help.xml"]);
        Assert.Contains("It gets one thing.", maml, StringComparison.Ordinal);
        Assert.Contains("required=\"true\"", maml, StringComparison.Ordinal);
        Assert.StartsWith("TOPIC\n    about_Things\n", File.ReadAllText(_docs["out/about_Things.help.txt"]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("### -Name", "### -Nam", "has no parameter '-Nam'")]
    [InlineData("### -Name\n\nIts name.\n", "", "-Name is not documented")]
    [InlineData("Gets a thing.\n", "", "synopsis is missing")]
    [InlineData("## Examples", "## Samples", "'Examples' is missing")]
    [InlineData("# Get-Thing", "# Get-Think", "heading must be 'Get-Thing'")]
    public void A_flaw_is_an_error_and_nothing_is_written(string part, string instead, string message)
    {
        var flaws = Compile(Page.Replace(part, instead, StringComparison.Ordinal));

        Assert.Contains(flaws, flaw => flaw.Message.Contains(message, StringComparison.Ordinal));
        Assert.False(Directory.Exists(_docs["out"]));
    }

    [Fact]
    public void A_document_of_a_command_that_does_not_exist_is_an_error()
    {
        File.WriteAllText(_docs["Get-Nothing.md"], "# Get-Nothing\n");

        Assert.Contains(Compile(Page), flaw => flaw.File.EndsWith("Get-Nothing.md", StringComparison.Ordinal));
    }

    public void Dispose() => _docs.Dispose();

    private IReadOnlyList<Flaw> Compile(string page)
    {
        File.WriteAllText(_docs["Get-Thing.md"], page);
        File.WriteAllText(_docs["parameters.md"], "# Parameters\n");
        File.WriteAllText(_docs["about_Things.md"], "# about_Things\n\nThings.\n");
        return new HelpCompiler([s_command], _docs.Path).Compile(_docs["out"]);
    }
}
