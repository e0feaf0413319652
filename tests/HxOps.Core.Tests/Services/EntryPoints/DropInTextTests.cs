using HxOps.Services.EntryPoints;
using HxOps.Services.Units;
using Xunit;

namespace HxOps.Core.Tests.Services.EntryPoints;

public sealed class DropInTextTests
{
    private const string Command = "/opt/HX-Infrastructure-/api-gateway/gateway/venv/bin/litellm --config /opt/config.yaml --port 4010";

    [Fact]
    [Trait("Behaviour", "E-05"), Trait("Behaviour", "E-06")]
    public void E_05_E_06_a_new_drop_in_resets_the_list_before_it_sets_the_command() =>
        Assert.Equal($"[Service]\nExecStart=\nExecStart={Command}\n", DropInText.WithEntryPoint("", Command));

    [Fact]
    public void Other_settings_and_comments_of_the_drop_in_stay_where_they_are()
    {
        const string present = "# limits\n[Unit]\nDocumentation=man:x\n\n[Service]\n# more files\nLimitNOFILE=131072\nExecStart=\nExecStart=/old a \\\n  b\nNice=5\n";

        var text = DropInText.WithEntryPoint(present, Command);

        Assert.Equal($"# limits\n[Unit]\nDocumentation=man:x\n\n[Service]\nExecStart=\nExecStart={Command}\n# more files\nLimitNOFILE=131072\nNice=5\n", text);
    }

    [Fact]
    public void A_command_before_and_after_stays_apart_from_the_command_itself()
    {
        var text = DropInText.WithEntryPoint("[Service]\nExecStartPre=/bin/true\nExecStartPost=/bin/true\n", Command);

        Assert.Contains("ExecStartPre=/bin/true\nExecStartPost=/bin/true\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Comments_between_continued_lines_go_with_the_command()
    {
        const string present = "[Service]\nExecStart=\nExecStart=/x \\\n# the port\n  ; of the pipeline \\\n  --host=0.0.0.0 --port 25435\n# stays\nNice=5\n";

        var text = DropInText.WithEntryPoint(present, Command);

        Assert.Equal($"[Service]\nExecStart=\nExecStart={Command}\n# stays\nNice=5\n", text);
    }

    [Fact]
    public void A_continued_line_that_looks_like_the_command_belongs_to_its_own_setting()
    {
        const string present = "[Service]\nEnvironment=A=1 \\\nExecStart=/x\nNice=5\n";

        var text = DropInText.WithEntryPoint(present, Command);

        Assert.Equal($"[Service]\nExecStart=\nExecStart={Command}\nEnvironment=A=1 \\\nExecStart=/x\nNice=5\n", text);
    }

    [Fact]
    public void Setting_the_same_twice_gives_the_same_text()
    {
        var once = DropInText.WithEntryPoint("[Service]\nNice=5\n", Command);

        Assert.Equal(once, DropInText.WithEntryPoint(once, Command));
    }

    [Theory]
    [InlineData("[Service]\nExecStart=/one\n[Service]\nExecStart=/two\n")]
    [InlineData("[Service]\nExecStart = /one\n")]
    [InlineData("[Install]\nWantedBy=multi-user.target\n")]
    public void Whatever_the_drop_in_said_only_the_wanted_command_is_left(string present)
    {
        var settings = UnitFileParser.Parse(DropInText.WithEntryPoint(present, Command), "/etc/x.conf");

        Assert.Equal(["", Command], settings.Where(setting => setting.Key == "ExecStart").Select(setting => setting.Value));
    }
}
