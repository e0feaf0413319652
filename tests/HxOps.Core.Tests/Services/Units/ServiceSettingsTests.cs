using HxOps.Errors;
using HxOps.Services;
using HxOps.Services.Units;
using Xunit;

namespace HxOps.Core.Tests.Services.Units;

public sealed class ServiceSettingsTests : IDisposable
{
    private readonly UnitTree _tree = new();

    public void Dispose() => _tree.Dispose();

    [Fact]
    public void The_wrappers_unit_is_read_as_its_document_gives_it()
    {
        var settings = Read("""
            [Unit]
            After=network-online.target hx-litellm-gateway.service
            [Service]
            Type=simple
            User=hx-gateway
            Group=hx-gateway
            WorkingDirectory=/opt/HX-Infrastructure-/api-gateway/gateway/src
            EnvironmentFile=/etc/hx-gateway-ml.env
            ExecStart=/opt/HX-Infrastructure-/api-gateway/gateway/venv/bin/uvicorn main:app --host 0.0.0.0 --port 4010
            NoNewPrivileges=true
            LimitNOFILE=65536
            TimeoutStartSec=30
            TimeoutStopSec=30
            """);

        Assert.Equal((ServiceType.Simple, "hx-gateway", "hx-gateway"), (settings.Type, settings.User, settings.Group));
        Assert.Equal("/opt/HX-Infrastructure-/api-gateway/gateway/src", settings.WorkingFolder?.Path);
        Assert.Equal("/etc/hx-gateway-ml.env", Assert.Single(settings.EnvironmentFiles).Path);
        Assert.Equal(["main:app", "--host", "0.0.0.0", "--port", "4010"], Assert.Single(settings.Start).Arguments.AsEnumerable());
        Assert.Equal((65536UL, TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(30)), (settings.MostOpenFiles, settings.StartTimeout, settings.StopTimeout));
    }

    [Theory]
    [InlineData("a b\tc", new[] { "a", "b", "c" })]
    [InlineData("'a b' \"c d\"", new[] { "a b", "c d" })]
    [InlineData("--x='a b'c", new[] { "--x=a bc" })]
    [InlineData("\"it's\" 'say \"x\"'", new[] { "it's", "say \"x\"" })]
    [InlineData("a\\ b tab\\tend \\x41\\101 \\u00e4", new[] { "a\\ b", "tab\tend", "AA", "ä" })]
    [InlineData("\"\" ''", new[] { "", "" })]
    [InlineData("a\\sb \\\\ \\q", new[] { "a b", "\\", "\\q" })]
    [InlineData("\\; %%", new[] { ";", "%" })]
    [InlineData("a \";\" ';' \\x3b b;c", new[] { "a", ";", ";", ";", "b;c" })]
    [InlineData("\\xc3\\xa9 \\303\\251 é", new[] { "é", "é", "é" })]
    public void Arguments_are_split_and_unescaped_like_systemd_does(string line, string[] words) =>
        Assert.Equal(words, Assert.Single(Read($"[Service]\nExecStart=/bin/x {line}\n").Start).Arguments);

    [Fact]
    public void Prefixes_of_a_command_are_understood()
    {
        var start = Read("[Service]\nType=oneshot\nExecStart=-/bin/a\nExecStart=@/bin/b bee 1\nExecStart=:/bin/c $X\nExecStart=+-/bin/d ; /bin/e f\n").Start;

        Assert.Equal(["/bin/a", "/bin/b", "/bin/c", "/bin/d", "/bin/e"], start.Select(command => command.Program));
        Assert.True(start[0].IgnoresFailure);
        Assert.Equal(("bee", "1"), (start[1].Name, Assert.Single(start[1].Arguments)));
        Assert.True(start[2].KeepsVariables);
        Assert.True(start[3] is { IsPrivileged: true, IgnoresFailure: true });
    }

    [Fact]
    public void Variables_are_replaced_whole_or_split()
    {
        var command = Assert.Single(Read("[Service]\nExecStart=/bin/x $MANY ${MANY} a${ONE}b $$ONE $NONE ${NONE} $1\n").Start);

        var words = command.Expand(new Dictionary<string, string> { ["MANY"] = "p q", ["ONE"] = "1" });

        Assert.Equal(["p", "q", "p q", "a1b", "$ONE", "", "$1"], words.AsEnumerable());
    }

    [Fact]
    public void A_variable_of_its_own_is_split_into_words_by_its_quotes()
    {
        var command = Assert.Single(Read("[Service]\nExecStart=/bin/x $EXTRA\n").Start);

        Assert.Equal(["--a", "b c", "de", "open end"], command.Expand(new Dictionary<string, string> { ["EXTRA"] = "--a 'b c' d\\e 'open end" }).AsEnumerable());
    }

    [Theory]
    [InlineData("SIGCONT", 18)]
    [InlineData("USR1", 10)]
    [InlineData("SIGRTMIN+3", 37)]
    [InlineData("SIGRTMAX-1", 63)]
    [InlineData("15", 15)]
    [InlineData("SIGRTMIN+31", 15)]
    public void Every_name_of_a_signal_is_known(string name, int signal) => Assert.Equal(signal, Read($"[Service]\nKillSignal={name}\n").StopSignal);

    [Theory]
    [InlineData("No", false)]
    [InlineData("TRUE", true)]
    public void Booleans_are_read_in_any_case(string text, bool value) => Assert.Equal(value, Read($"[Service]\nRemainAfterExit={text}\n").RemainsAfterExit);

    [Fact]
    public void Environment_takes_several_assignments_a_line_and_files_may_be_optional()
    {
        var settings = Read("[Service]\nEnvironment=A=1 \"B=2 3\" 'C=%n'\nEnvironment=A=9\nEnvironmentFile=/etc/a.env\nEnvironmentFile=-/etc/b.env\n");

        Assert.Equal(["A=1", "B=2 3", "C=hx-test.service", "A=9"], settings.Environment.Select(variable => $"{variable.Name}={variable.Value}"));
        Assert.Equal([("/etc/a.env", false), ("/etc/b.env", true)], settings.EnvironmentFiles.Select(file => (file.Path, file.MayBeMissing)));
    }

    [Theory]
    [InlineData("30", 30_000)]
    [InlineData("1min 30s", 90_000)]
    [InlineData("1min30s", 90_000)]
    [InlineData("500ms", 500)]
    [InlineData("2h", 7_200_000)]
    [InlineData("0.5", 500)]
    [InlineData("infinity", -1)]
    [InlineData("0", -1)]
    public void Time_spans_are_read(string text, long milliseconds) =>
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), Read($"[Service]\nTimeoutStopSec={text}\n").StopTimeout);

    [Theory]
    [InlineData("WorkingDirectory=relative/path")]
    [InlineData("ExecStart=relative/program")]
    [InlineData("ExecStart='/bin/x")]
    [InlineData("ExecStart=/bin/x %z")]
    public void What_systemd_refuses_is_refused_by_file_and_line(string line)
    {
        var error = Assert.Throws<HxException>(() => Read($"[Service]\n{line}\n"));

        Assert.Equal((ServiceErrors.UnitFileInvalid, "/etc/systemd/system/hx-test.service:2"), (error.Id, error.Target));
    }

    [Theory]
    [InlineData("TimeoutStopSec=soon")]
    [InlineData("Type=magic")]
    [InlineData("KillSignal=SIGNOTHING")]
    [InlineData("LimitNOFILE=many")]
    [InlineData("EnvironmentFile=relative")]
    [InlineData("RemainAfterExit=perhaps")]
    [InlineData("Environment=NOVALUE")]
    [InlineData("Environment=1A=x")]
    [InlineData("Environment='A=open")]
    [InlineData("no assignment")]
    [InlineData("=value")]
    public void What_systemd_passes_over_is_passed_over_with_a_remark_that_names_file_and_line(string line)
    {
        var settings = Read($"[Service]\nEnvironment=B=1\nTimeoutStopSec=7\n{line}\n");

        Assert.Equal(("B=1", TimeSpan.FromSeconds(7)), (string.Join(' ', settings.Environment.Select(variable => $"{variable.Name}={variable.Value}")), settings.StopTimeout));
        Assert.StartsWith("/etc/systemd/system/hx-test.service:4: ", Assert.Single(settings.Remarks), StringComparison.Ordinal);
        Assert.DoesNotContain("NOVALUE", settings.Remarks[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Signals_and_modes_have_systemds_defaults()
    {
        var defaults = Read("[Service]\n");
        var other = Read("[Service]\nKillSignal=SIGINT\nKillMode=mixed\nType=oneshot\n");

        Assert.Equal((15, KillMode.ControlGroup, TimeSpan.FromSeconds(90)), (defaults.StopSignal, defaults.KillMode, defaults.StopTimeout));
        Assert.Equal((2, KillMode.Mixed, Timeout.InfiniteTimeSpan), (other.StopSignal, other.KillMode, other.StartTimeout));
    }

    private ServiceSettings Read(string text)
    {
        _tree.Add("/etc/systemd/system/hx-test.service", text);
        return ServiceSettings.Of(_tree.Loader.Load("hx-test.service"));
    }
}
