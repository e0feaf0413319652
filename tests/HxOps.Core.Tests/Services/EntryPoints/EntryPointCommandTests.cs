using HxOps.Errors;
using HxOps.Files;
using HxOps.Services.EntryPoints;
using HxOps.TestKit;
using Xunit;

namespace HxOps.Core.Tests.Services.EntryPoints;

public sealed class EntryPointCommandTests : IDisposable
{
    private const string New = "/etc/config.yaml";
    private readonly ScratchFolder _root = new();

    public void Dispose() => _root.Dispose();

    [Theory]
    [InlineData("/x/litellm --config /path/to/your/config.yaml --port ${PORT}", "/x/litellm --config /etc/config.yaml --port ${PORT}")]
    [InlineData("/x/litellm $OPTS --config old.yaml", "/x/litellm $OPTS --config /etc/config.yaml")]
    [InlineData("/x/litellm --name %N --config old.yaml", "/x/litellm --name %N --config /etc/config.yaml")]
    [InlineData("-/x/litellm --config  'an old.yaml'  \"a b\"", "-/x/litellm --config  /etc/config.yaml  \"a b\"")]
    [InlineData("/x/litellm --config=old.yaml --port $$1", "/x/litellm --config=/etc/config.yaml --port $$1")]
    [InlineData("/x/litellm \"--config=old one.yaml\" \\x41", "/x/litellm --config=/etc/config.yaml \\x41")]
    [InlineData("/x/litellm --config a.yaml --config=b.yaml", "/x/litellm --config a.yaml --config=/etc/config.yaml")]
    [Trait("Behaviour", "E-08")]
    public void E_08_another_configuration_file_changes_that_word_and_no_other(string recorded, string wanted) =>
        Assert.Equal(wanted, Of(recorded).WithConfiguration(New).Text);

    [Fact]
    public void A_path_is_written_so_that_it_means_itself() =>
        Assert.Equal("/x/litellm --config \"/etc/100%% mine.yaml\"", Of("/x/litellm --config old.yaml").WithConfiguration("/etc/100% mine.yaml").Text);

    [Theory]
    [InlineData("/bin/sh --config /nonexistent", "/nonexistent")]
    [InlineData("/bin/sh --config=/nonexistent", "/nonexistent")]
    [InlineData("/bin/sh --config=/etc/%N.yaml", "/etc/hx-gateway-ml.yaml")]
    public void A_configuration_file_that_is_not_there_is_refused(string command, string missing)
    {
        var error = Assert.Throws<HxException>(() => Of(command).RefuseMissing(HostRoot.At(_root.Path)));

        Assert.Equal((EntryPointErrors.Missing, missing), (error.Id, error.Target));
    }

    [Theory]
    [InlineData("/bin/sh --config ${CONFIG}")]
    [InlineData("/bin/sh --config=/etc/${NAME}.yaml")]
    [InlineData("/bin/sh --configuration=/nonexistent")]
    public void One_whose_name_only_the_manager_knows_is_not(string command) => Of(command).RefuseMissing(HostRoot.At(_root.Path));

    [Fact]
    public void A_command_without_one_cannot_be_given_one()
    {
        var error = Assert.Throws<HxException>(() => Of("/x/litellm --configuration a.yaml --config").WithConfiguration(New));

        Assert.Equal((EntryPointErrors.Missing, New), (error.Id, error.Target));
    }

    private static EntryPointCommand Of(string command) => EntryPointCommand.Of(new EntryPoint
    {
        Id = "live", Unit = EntryPointDeployment.Unit, Command = command, Kind = "", Origin = EntryPointOrigin.Live, File = EntryPointDeployment.UnitFile,
    });
}
