using HxOps.Errors;
using HxOps.Services;
using HxOps.Services.Units;
using Xunit;

namespace HxOps.Core.Tests.Services.Units;

public sealed class UnitFileParserTests
{
    [Fact]
    public void Sections_assignments_comments_and_continued_lines_are_told_apart()
    {
        const string Text = "\uFEFF# comment\n[Unit]\nDescription = The gateway \n\n; other\n[Service]\nExecStart=/bin/a \\\n  one \\\n# hidden\n  two\nUser=\n";

        var settings = UnitFileParser.Parse(Text, "/etc/x.service");

        Assert.Equal(
            ["Unit.Description=The gateway@3", "Service.ExecStart=/bin/a    one    two@7", "Service.User=@11"],
            settings.Select(setting => $"{setting.Section}.{setting.Key}={setting.Value}@{setting.Origin.Line}"));
    }

    [Theory]
    [InlineData("a\\", "Service.ExecStart=a User=root")]
    [InlineData("a\\\\", "Service.ExecStart=a\\\\ Service.User=root")]
    [InlineData("a\\\\\\", "Service.ExecStart=a\\\\ User=root")]
    public void Only_an_odd_number_of_backslashes_joins_the_next_line(string line, string settings) =>
        Assert.Equal(settings, string.Join(' ', UnitFileParser.Parse($"[Service]\nExecStart={line}\nUser=root\n", "/etc/x.service").Select(setting => $"{setting.Section}.{setting.Key}={setting.Value}")));

    [Theory]
    [InlineData("[Service]\nExecStart\n", 2)]
    [InlineData("User=x\n", 1)]
    [InlineData("[Service]\n=value\n", 2)]
    public void A_line_that_is_nothing_is_passed_over_by_file_and_line(string text, int line)
    {
        var read = UnitFileParser.Read(text, "/etc/x.service");

        Assert.Empty(read.Settings);
        Assert.StartsWith($"/etc/x.service:{line}: ", Assert.Single(read.Remarks), StringComparison.Ordinal);
    }

    [Fact]
    public void A_header_without_an_end_is_refused_by_file_and_line()
    {
        var error = Assert.Throws<HxException>(() => UnitFileParser.Parse("[Service]\nUser=a\n[Unit\n", "/etc/x.service"));

        Assert.Equal((ServiceErrors.UnitFileInvalid, "/etc/x.service:3"), (error.Id, error.Target));
    }
}
