using HxOps.Reporting;
using Xunit;

namespace HxOps.Core.Tests.Reporting;

public sealed class CommandWordsTests
{
    [Theory]
    [InlineData("gw --password hunter2 --port 4010", "gw --password [redacted] --port 4010")]
    [InlineData("gw --api-key abc -v", "gw --api-key [redacted] -v")]
    [InlineData("gw --max-tokens 5 key value", "gw --max-tokens 5 key value")]
    [InlineData("gw --master-key", "gw --master-key")]
    [InlineData("", "")]
    public void The_value_of_an_option_that_names_a_secret_is_not_shown(string words, string shown) =>
        Assert.Equal(shown, CommandWords.Join([.. words.Split(' ')]));
}
