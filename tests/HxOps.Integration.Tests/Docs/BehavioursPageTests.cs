using System.Text.RegularExpressions;
using Xunit;

namespace HxOps.Integration.Tests.Docs;

/// <summary>docs/behaviours.md tells for each behaviour which tests prove it. People write what the behaviour is, the code fills in the tests.</summary>
public sealed partial class BehavioursPageTests
{
    private const string Page = "docs/behaviours.md";
    private const string Undescribed = "(to be described)";

    [Fact]
    public void The_behaviours_page_lists_every_behaviour_that_a_test_names()
    {
        var tests = NamedTests.ByBehaviour();
        if (Repository.IsUpdating)
            Update(tests);

        var rows = Rows();
        Assert.Equal(tests.Keys, rows.Keys);
        Assert.All(rows, row => Assert.DoesNotContain(Undescribed, row.Value.What, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_test_that_the_behaviours_page_lists_exists_and_names_the_behaviour()
    {
        var tests = NamedTests.ByBehaviour();

        foreach (var (id, row) in Rows())
        {
            var listed = Quoted().Matches(row.Tests).Select(match => match.Groups[1].Value).ToList();
            Assert.NotEmpty(listed);
            Assert.Empty(listed.Except(tests.GetValueOrDefault(id) ?? [], StringComparer.Ordinal));
        }
    }

    private static void Update(SortedDictionary<string, SortedSet<string>> tests)
    {
        var known = Rows();
        var head = Repository.Read(Page).Split("| --- |")[0];
        var rows = tests.Select(pair => $"| {pair.Key} | {known.GetValueOrDefault(pair.Key).What ?? Undescribed} | {string.Join("<br>", pair.Value.Select(test => $"`{test}`"))} |\n");
        Repository.Write(Page, head + "| --- | --- | --- |\n" + string.Concat(rows));
    }

    private static SortedDictionary<string, (string What, string Tests)> Rows() =>
        new(Row().Matches(Repository.Read(Page)).ToDictionary(row => row.Groups[1].Value, row => (row.Groups[2].Value, row.Groups[3].Value)), StringComparer.Ordinal);

    [GeneratedRegex(@"^\| ([A-Z]-[0-9]{2}) \| (.*?) \| (.*) \|$", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Quoted();
}
