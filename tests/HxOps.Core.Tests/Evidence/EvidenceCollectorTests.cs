using HxOps.Evidence;
using Xunit;

namespace HxOps.Core.Tests.Evidence;

public sealed class EvidenceCollectorTests
{
    private const string LeftOut = "(its beginning is left out)\n";

    [Fact]
    public void A_long_text_is_cut_between_its_lines_so_that_no_half_of_a_secret_is_left()
    {
        var last = new string('x', EvidenceCollector.MostBytes - "cret\n".Length);

        Assert.Equal(LeftOut + last, EvidenceCollector.Kept("early\nkey=planted-secret\n" + last));
    }

    [Fact]
    public void Of_one_long_line_nothing_is_kept_and_a_short_text_is_kept_whole()
    {
        Assert.Equal(LeftOut, EvidenceCollector.Kept("key=" + new string('x', EvidenceCollector.MostBytes)));
        Assert.Equal("key=x", EvidenceCollector.Kept("key=x"));
    }
}
