using System.Text;
using HxOps.Rollback.Actions;
using Xunit;

namespace HxOps.Core.Tests.Rollback;

public sealed class EnvironmentTextTests
{
    // What docker compose config makes of these lines.
    [Theory]
    [InlineData("K=true # hub", "true")]
    [InlineData("K= # empty", "# empty")]
    [InlineData("K=\"q # in\" # tail", "q # in")]
    [InlineData("K='s # in'# tail", "s # in")]
    [InlineData("K=a#b", "a#b")]
    [InlineData("K=tab\t# x", "tab\t# x")]
    [InlineData("K=\"a\\$b\\\\d\\\"e\"", "a$b\\d\"e")]
    [InlineData("K='it\\'s' # z", "it's")]
    [InlineData(" export K = v # s", "v")]
    [InlineData("K=\u00e0", "\u00e0")]
    [InlineData("K=", "")]
    public void A_value_is_read_as_compose_reads_it(string line, string value) => Assert.Equal(value, Text(line).Value("K"));

    [Theory]
    [InlineData("K=true # hub\r\n", "K=false # hub\r\n")]
    [InlineData("K='true'# hub", "K=false # hub")]
    [InlineData("K=\"a # b\"  # hub\n", "K=false  # hub\n")]
    [InlineData("export K = true\t\n", "export K = false\t\n")]
    public void Only_the_value_is_replaced_and_the_comment_behind_it_stays(string line, string after) =>
        Assert.Equal(after, Encoding.UTF8.GetString(Text(line).With("K", "false")));

    // A private key in an environment file: what looks like a variable in it is none.
    [Theory]
    [InlineData("KEY=\"-----BEGIN\nK=inside\n\\\"K=q\\\"\n-----END\" # c\nK=true\n", "KEY=\"-----BEGIN\nK=inside\n\\\"K=q\\\"\n-----END\" # c\nK=false\n")]
    [InlineData("KEY='x\nK=true'\n", "KEY='x\nK=true'\nK=false\n")]
    [InlineData("K=\"a\nb\" # two\nL=1\n", "K=false # two\nL=1\n")]
    [InlineData("KEY=\"open\nK=true\n", "KEY=\"open\nK=false\n")]
    public void A_quoted_value_may_have_several_lines(string before, string after) =>
        Assert.Equal(after, Encoding.UTF8.GetString(Text(before).With("K", "false")));

    [Theory]
    [InlineData("a b")]
    [InlineData("it's \"5\" $ and \\")]
    [InlineData("# no comment")]
    public void What_is_written_is_read_back(string value) => Assert.Equal(value, new EnvironmentText(Text("K=old # note").With("K", value)).Value("K"));

    private static EnvironmentText Text(string text) => new(Encoding.UTF8.GetBytes(text));
}
