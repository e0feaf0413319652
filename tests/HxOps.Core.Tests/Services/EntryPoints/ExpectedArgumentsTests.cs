using System.Collections.Immutable;
using HxOps.Files;
using HxOps.Services.EntryPoints;
using HxOps.TestKit;
using Xunit;

namespace HxOps.Core.Tests.Services.EntryPoints;

public sealed class ExpectedArgumentsTests : IDisposable
{
    private readonly ScratchFolder _root = new();

    public void Dispose() => _root.Dispose();

    [Theory]
    [InlineData("/x/litellm --port 1", "/x/litellm --port 1", true, true)]
    [InlineData("/x/litellm --port 1", "/bin/sh /x/litellm --port 1", true, true)]
    [InlineData("/x/litellm --port 1", "/x/litellm --port 1 --config bad.yaml", true, false)]
    [InlineData("/x/litellm --port 1", "/x/litellm --config bad.yaml --port 1", true, false)]
    [InlineData("/x/litellm --config routing-new.yaml", "/x/litellm --config routing.yaml", false, false)]
    [InlineData("/x/litellm --port 1 --debug", "/x/litellm --port 1", false, false)]
    [InlineData("/x/litellm a b", "/x/litellm b a", false, false)]
    [InlineData("python3 -m litellm", "/usr/bin/python3 -m litellm", true, true)]
    [InlineData("@/x/litellm gateway --port 1", "gateway --port 1", true, true)]
    [InlineData("@/x/litellm gateway --port 1", "/bin/sh /x/litellm --port 1", true, true)]
    [InlineData("-/x/litellm --port ${PORT} $OPTS", "/x/litellm --port 4010 --a --b", true, true)]
    [InlineData("/x/litellm --port ${PORT}", "/x/litellm --port 4011", false, false)]
    [InlineData("/x/litellm --name %N", "/x/litellm --name hx-gateway-ml", true, true)]
    [InlineData("/x/litellm --home ${HOME} --port 1", "/x/litellm --home /none --port 1", true, true)] // Only systemd knows that one.
    [InlineData("/x/litellm \"two words\"", "/x/litellm two words", false, false)]
    public void A_command_line_shows_whether_it_is_the_units_command(string command, string running, bool isIn, bool isEnd)
    {
        Lay();

        var expected = Expect(command);

        Assert.Equal((isIn, isEnd), (expected.AreIn([.. running.Split(' ')]), expected.AreEndOf([.. running.Split(' ')])));
    }

    [Fact]
    public void Below_a_root_paths_are_expected_where_they_lie()
    {
        Lay();

        var expected = Expect("/etc/litellm --config=/etc/litellm --other /none");

        ImmutableArray<string> located = ["/bin/sh", _root["etc/litellm"], $"--config={_root["etc/litellm"]}", "--other", "/none"];
        Assert.True(expected.AreEndOf(located));
        Assert.True(expected.AreEndOf(["/etc/litellm", "--config=/etc/litellm", "--other", "/none"]));
        Assert.False(expected.AreIn([.. located.SkipLast(1)]));
    }

    [Fact]
    public void A_process_that_shows_nothing_runs_nothing()
    {
        Lay();

        Assert.False(Expect("/x/litellm").AreIn([]));
        Assert.False(Expect("/x/litellm").AreEndOf([""]));
    }

    private ExpectedArguments Expect(string command) => ExpectedArguments.Of(HostRoot.At(_root.Path), EntryPointDeployment.Unit, command);

    private void Lay()
    {
        Directory.CreateDirectory(_root["etc/systemd/system"]);
        File.WriteAllText(_root["etc/litellm"], "");
        File.WriteAllText(_root["etc/x.env"], "OPTS=--a --b\n");
        File.WriteAllText(_root[EntryPointDeployment.UnitFile[1..]], "[Service]\nEnvironment=PORT=4010\nEnvironmentFile=/etc/x.env\nExecStart=/x/litellm\n");
    }
}
