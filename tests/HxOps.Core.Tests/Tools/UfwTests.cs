using HxOps.Tools;
using Xunit;

namespace HxOps.Core.Tests.Tools;

public sealed class UfwTests
{
    private const string Output = """
        Status: active

        To                         Action      From
        --                         ------      ----
        22/tcp                     LIMIT       Anywhere
        4000,4010/tcp              ALLOW       Anywhere
        5000:5009,6000/tcp         DENY        Anywhere
        7000                       ALLOW       Anywhere
        8000/udp                   ALLOW       Anywhere
        4000,4010/tcp (v6)         ALLOW       Anywhere (v6)
        """;

    [Theory]
    [InlineData(22, true)]
    [InlineData(4000, true)]
    [InlineData(4010, true)]
    [InlineData(4005, false)]
    [InlineData(5003, false)]
    [InlineData(6000, false)]
    [InlineData(7000, true)]
    [InlineData(8000, false)]
    public void Single_ports_lists_and_ranges_are_understood(int port, bool isLetIn) => Assert.Equal(isLetIn, Ufw.Parse(Output).LetsIn(port));

    [Fact]
    public void A_list_is_a_rule_for_each_of_its_parts() => Assert.Equal([new(5000, 5009, false), new(6000, 6000, false)], Ufw.Parse(Output).Rules[3..5].AsEnumerable());
}
