using HxOps.Services.Units;
using Xunit;

namespace HxOps.Core.Tests.Services.Units;

public sealed class EnvironmentFileParserTests
{
    [Theory]
    [InlineData("A=1\nB=2", "A=1@1 B=2@2")]
    [InlineData("# c\n; c\n\n A = 1 \n", "A=1@4")]
    [InlineData("A=a b  \n", "A=a b@1")]
    [InlineData("A='a  '\nB=\"b  \"\n", "A=a  @1 B=b  @2")]
    [InlineData("A=\"x\\\"y\\$z\\n\"\n", "A=x\"y$z\\n@1")]
    [InlineData("A='x\ny'\nB=1\n", "A=x\ny@1 B=1@3")]
    [InlineData("A=x\\\ny\nB=1\n", "A=xy@1 B=1@3")]
    [InlineData("A=it's\n", "A=it's@1")]
    [InlineData("A=$HOME # no comment\n", "A=$HOME # no comment@1")]
    [InlineData("export A=1\n1A=2\nnothing\nB=\n", "B=@4")]
    [InlineData("A=1\r\nB=2\r\n", "A=1@1 B=2@2")]
    public void Lines_are_read_like_systemd_reads_them(string text, string expected) =>
        Assert.Equal(expected, string.Join(' ', EnvironmentFileParser.Parse(text).Select(line => $"{line.Name}={line.Value}@{line.Line}")));
}
