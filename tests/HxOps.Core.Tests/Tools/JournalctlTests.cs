using HxOps.Tools;
using Xunit;

namespace HxOps.Core.Tests.Tools;

public sealed class JournalctlTests
{
    [Theory]
    [InlineData("\"plain\"", "plain")]
    [InlineData("[104,195,164,255]", "h\u00e4\ufffd")]
    [InlineData("null", "(an entry too long to be shown)")]
    public void Messages_are_read_in_each_form_the_journal_gives_them(string message, string text)
    {
        var entry = Journalctl.Parse(
            $$"""{"__REALTIME_TIMESTAMP":"1763687542500000","PRIORITY":"3","SYSLOG_IDENTIFIER":"uvicorn","_PID":"42","MESSAGE":{{message}}}""");

        Assert.Equal(new JournalEntry(DateTimeOffset.FromUnixTimeMilliseconds(1763687542500), 3, "uvicorn", 42, text), entry);
    }

    [Theory]
    [InlineData("{\"__REALTIME_TIMESTAMP\":\"17636875")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"__REALTIME_TIMESTAMP\":17}")]
    [InlineData("{\"a\":[[[[[[[[[[1]]]]]]]]]]}")]
    public void What_is_no_entry_is_passed_over(string line) => Assert.Null(Journalctl.Parse(line));
}
