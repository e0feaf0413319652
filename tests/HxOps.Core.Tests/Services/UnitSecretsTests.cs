using HxOps.Core.Tests.Services.Units;
using HxOps.Reporting;
using HxOps.Services;
using HxOps.TestKit;
using Xunit;

namespace HxOps.Core.Tests.Services;

[Trait("Behaviour", "T-21")]
public sealed class UnitSecretsTests : IDisposable
{
    private const string Unit = "hx-test.service";
    private const string File = "/etc/systemd/system/hx-test.service";
    private const string Key = "Zq7plantedRandom99";
    private readonly UnitTree _tree = new();

    public void Dispose() => _tree.Dispose();

    [Theory]
    [InlineData("KillSignal=SIGRTMIN+3")]
    [InlineData("RemainAfterExit=False")]
    [InlineData("ExecStartPre=/bin/true %m %y")]
    [InlineData("Environment=DEBUG")]
    [InlineData("Environment=A=%y")]
    [InlineData("Environment='A=open")]
    [InlineData("WorkingDirectory=relative")]
    [InlineData("ExecStart=relative\nExecStart=/bin/second")]
    [InlineData("EnvironmentFile=relative")]
    [InlineData("EnvironmentFile=/etc/none.env")]
    [InlineData("no assignment")]
    [InlineData("[Broken")]
    public void T_21_no_setting_hides_the_secrets_of_the_others(string line)
    {
        _tree.Add("/etc/hx/a.env", $"noise\nMASTER_KEY={Key}\n").Add(File, $"[Service]\nEnvironment=OTHER_TOKEN=planted-inline-5\nEnvironmentFile=/etc/hx/*.env\n{line}\n");

        var redacted = new UnitLogRedactor(_tree.Root, Redactor.PatternsOnly).Redact(Unit, [new LogLine(default, Unit, 6, $"starting with {Key} and planted-inline-5")]);

        Assert.Equal("starting with [redacted] and [redacted]", redacted[0].Text);
    }

    [Fact]
    public void T_21_a_drop_in_that_is_no_text_hides_nothing_and_is_told()
    {
        _tree.Add(File, $"[Service]\nEnvironment=MASTER_KEY={Key}\n").Add(File + ".d/1.conf", "\0");

        Assert.Equal([Key], UnitSecrets.Of(_tree.Root, Unit).Values.AsEnumerable());
        Assert.Equal([File + ".d/1.conf"], UnitSecrets.Of(_tree.Root, Unit).Unread.AsEnumerable());
    }

    [Fact]
    public void T_21_an_environment_file_that_cannot_be_read_is_told()
    {
        _tree.Add("/etc/hx.env/folder", "").Add(File, "[Service]\nEnvironmentFile=/etc/hx.env\nEnvironmentFile=-/etc/none.env\n");
        var events = new EventLog();

        new UnitLogRedactor(_tree.Root, Redactor.PatternsOnly).Warn(Unit, events);

        Assert.Equal(("SecretsUnknown", "/etc/hx.env"), Assert.Single(events.Warnings.Select(warning => (warning.Id, warning.Target))));
    }
}
