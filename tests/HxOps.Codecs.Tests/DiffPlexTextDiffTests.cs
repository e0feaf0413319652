using HxOps.Formats;
using Xunit;

namespace HxOps.Codecs.Tests;

public sealed class DiffPlexTextDiffTests
{
    private static string Text(string before, string after, int context = 3) => string.Join('\n', new DiffPlexTextDiff()
        .Compare(before, after, context)
        .SelectMany(hunk => hunk.Lines.Select(line => line.Mark + line.Text)
            .Prepend($"@@ -{hunk.BeforeStart},{hunk.BeforeCount} +{hunk.AfterStart},{hunk.AfterCount} @@")));

    private static string Lines(params object[] lines) => string.Concat(lines.Select(line => line + "\n"));

    [Fact]
    public void Equal_texts_have_no_hunks() => Assert.Empty(new DiffPlexTextDiff().Compare("a\nb\n", "a\nb\n"));

    [Fact]
    public void A_change_stands_within_its_context() => Assert.Equal(
        "@@ -2,3 +2,3 @@\n b\n-c\n+C\n d",
        Text(Lines('a', 'b', 'c', 'd', 'e'), Lines('a', 'b', 'C', 'd', 'e'), context: 1));

    [Fact]
    public void Changes_that_share_context_share_a_hunk() => Assert.Equal(
        "@@ -1,4 +1,5 @@\n-a\n+A\n b\n c\n+x\n d",
        Text(Lines('a', 'b', 'c', 'd', 'e', 'f'), Lines('A', 'b', 'c', 'x', 'd', 'e', 'f'), context: 1));

    [Fact]
    public void Changes_far_apart_have_their_own_hunks() => Assert.Equal(
        "@@ -1,2 +1,1 @@\n-a\n b\n@@ -6,1 +5,2 @@\n f\n+g",
        Text(Lines('a', 'b', 'c', 'd', 'e', 'f'), Lines('b', 'c', 'd', 'e', 'f', 'g'), context: 1));

    [Fact]
    public void A_new_file_comes_from_line_zero() => Assert.Equal("@@ -0,0 +1,2 @@\n+a\n+b", Text("", Lines('a', 'b')));

    [Fact]
    public void A_removed_file_goes_to_line_zero() => Assert.Equal("@@ -1,1 +0,0 @@\n-a", Text(Lines('a'), ""));

    [Fact]
    public void A_missing_last_line_end_is_a_difference() =>
        Assert.Equal("@@ -1,1 +1,1 @@\n-a\n+a\n\\ No newline at end of file", Text("a\n", "a"));

    [Fact]
    public void Other_line_ends_are_a_difference() => Assert.Equal("@@ -1,1 +1,1 @@\n-a\r\n+a", Text("a\r\n", "a\n"));

    [Fact]
    public void Hunks_lead_from_the_older_text_to_the_newer()
    {
        var random = new Random(7);
        for (var round = 0; round < 300; round++)
        {
            var before = Enumerable.Range(0, random.Next(30)).Select(_ => $"line {random.Next(8)}\n").ToList();
            var after = before.Where(_ => random.Next(5) > 0).SelectMany(line => random.Next(6) == 0 ? [line, "new\n"] : new[] { line }).ToList();

            var hunks = new DiffPlexTextDiff().Compare(string.Concat(before), string.Concat(after), random.Next(4));

            Assert.Equal(after, Apply(before, hunks));
        }
    }

    private static List<string> Apply(List<string> before, IEnumerable<DiffHunk> hunks)
    {
        var result = new List<string>();
        var next = 0;
        foreach (var hunk in hunks)
        {
            var start = hunk.BeforeCount == 0 ? hunk.BeforeStart : hunk.BeforeStart - 1;
            result.AddRange(before[next..start]);
            Assert.Equal(hunk.AfterCount == 0 ? hunk.AfterStart : hunk.AfterStart - 1, result.Count);
            Assert.Equal(before[start..(start + hunk.BeforeCount)], Side(hunk, '-'));
            Assert.Equal(hunk.AfterCount, Side(hunk, '+').Count);
            result.AddRange(Side(hunk, '+'));
            next = start + hunk.BeforeCount;
        }

        result.AddRange(before[next..]);
        return result;
    }

    private static List<string> Side(DiffHunk hunk, char mark) =>
        [.. hunk.Lines.Where(line => line.Mark == ' ' || line.Mark == mark).Select(line => line.Text + "\n")];
}
