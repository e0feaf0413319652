using HxOps.Tools;
using Xunit;

namespace HxOps.Core.Tests.Tools;

public sealed class UnitPropertiesTests
{
    [Fact]
    [Trait("Behaviour", "S-29")]
    public void S_29_properties_are_typed_and_what_is_not_accounted_is_null()
    {
        var properties = UnitProperties.Parse(
            "ActiveState=active\nMainPID=4711\nMemoryCurrent=1048576\nCPUUsageNSec=2500000000\nCanReload=yes\nNRestarts=2\n"
            + "ActiveEnterTimestamp=Fri 2025-11-21 01:12:22 UTC\nStateChangeTimestamp=\nDropInPaths=/etc/a.conf /etc/b.conf\n");

        Assert.Equal(("active", 4711, 2, true), (properties.ActiveState, properties.MainProcessId, properties.Restarts, properties.CanReload));
        Assert.Equal((1048576L, TimeSpan.FromSeconds(2.5)), (properties.MemoryBytes, properties.CpuTime));
        Assert.Equal(new DateTimeOffset(2025, 11, 21, 1, 12, 22, TimeSpan.Zero), properties.ActivatedUtc);
        Assert.Null(properties.StateChangedUtc);
        Assert.Equal(["/etc/a.conf", "/etc/b.conf"], properties.DropInPaths.AsEnumerable());
    }

    [Theory]
    [InlineData("[not set]")]
    [InlineData("18446744073709551615")]
    [InlineData("")]
    public void A_resource_that_is_not_accounted_is_null(string value)
    {
        var properties = UnitProperties.Parse($"MainPID=0\nMemoryCurrent={value}\nCPUUsageNSec={value}\n");

        Assert.Equal((null, null, null), ((int?, long?, TimeSpan?))(properties.MainProcessId, properties.MemoryBytes, properties.CpuTime));
    }

    [Theory]
    [InlineData("", null)]
    [InlineData("ExecStart={ path=/bin/a ; argv[]=/bin/a --x 1 ; ignore_errors=no ; start_time=[n/a] ; pid=0 }", "/bin/a --x 1")]
    [InlineData("ExecStart={ path=/bin/a ; argv[]=/bin/a ; b ; ignore_errors=no ; pid=0 }", "/bin/a ; b")]
    [InlineData("ExecStart={ path=/bin/a ; argv[]=/bin/a ; ignore_errors=no }\nExecStart={ path=/bin/b ; argv[]=/bin/b ; ignore_errors=no }", "/bin/a\n/bin/b")]
    public void The_start_command_is_the_argument_list_as_systemd_has_loaded_it(string output, string? expected) =>
        Assert.Equal(expected, UnitProperties.Parse(output).StartCommand);
}
