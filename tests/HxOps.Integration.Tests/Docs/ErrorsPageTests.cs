using System.Reflection;
using System.Xml.Linq;
using HxOps.Cli;
using HxOps.Codecs;
using HxOps.Errors;
using Xunit;

namespace HxOps.Integration.Tests.Docs;

/// <summary>docs/errors.md is made from the code: ids, exit codes, remedies, and the XML documentation of each field.</summary>
public sealed class ErrorsPageTests
{
    private const string Page = "docs/errors.md";

    private const string Head = """
        # Errors

        Every failure of HxOps has an id. `hxops` prints it as `hxops: error Id: message` and a `remedy:` line, with `--json`
        as `{"error": {"id", "message", "target", "remedy", "exitCode"}}`. A cmdlet puts it first in `FullyQualifiedErrorId`;
        a script finds the exit code at `$_.Exception.Id.ExitCode`. The exit codes are those of `hxops` and of the runbooks.

        A failure may carry a better remedy than the one below when it knows more. This page is made from the code
        (`HXOPS_UPDATE_DOCS=1 dotnet test tests/HxOps.Integration.Tests --filter Docs` writes it), and a test compares it.

        | Id | Exit code | Meaning | What to do |
        | --- | --- | --- | --- |

        """;

    [Fact]
    public void The_errors_page_has_every_error_id_with_its_exit_code_and_remedy()
    {
        var expected = Head + string.Concat(Rows());
        if (Repository.IsUpdating)
            Repository.Write(Page, expected);

        Assert.Equal(expected, Repository.Read(Page));
    }

    [Fact]
    public void Every_error_id_has_one_name_and_a_remedy()
    {
        var ids = Fields().Select(field => field.Id).ToList();

        Assert.NotEmpty(ids);
        Assert.All(ids, id => Assert.Matches("^[A-Z][A-Za-z]+$", id.Name));
        Assert.All(ids, id => Assert.EndsWith(".", id.Remedy, StringComparison.Ordinal));
        Assert.Equal(ids.Count, ids.Select(id => id.Name).Distinct(StringComparer.Ordinal).Count());
    }

    private static IEnumerable<string> Rows()
    {
        foreach (var (id, meaning) in Fields().OrderBy(field => field.Id.Name, StringComparer.Ordinal))
            yield return $"| `{id.Name}` | {id.ExitCode:D} | {Cell(meaning)} | {Cell(id.Remedy)} |\n";
    }

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);

    private static IEnumerable<(ErrorId Id, string Meaning)> Fields() =>
        from assembly in new[] { typeof(ErrorId).Assembly, typeof(CodecFactory).Assembly, typeof(CliErrors).Assembly }
        let summaries = Summaries(assembly)
        from type in assembly.GetTypes()
        from field in type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)
        where field.FieldType == typeof(ErrorId)
        select ((ErrorId)field.GetValue(null)!, summaries[$"F:{type.FullName!.Replace('+', '.')}.{field.Name}"]);

    private static Dictionary<string, string> Summaries(Assembly assembly) =>
        XDocument.Load(Path.ChangeExtension(assembly.Location, ".xml")).Descendants("member")
            .Where(member => member.Element("summary") is not null)
            .ToDictionary(member => member.Attribute("name")!.Value, member => Words(member.Element("summary")!));

    private static string Words(XElement summary) => string.Join(' ', summary.Value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
