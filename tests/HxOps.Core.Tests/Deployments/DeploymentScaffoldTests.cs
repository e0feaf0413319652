using HxOps.Codecs;
using HxOps.Deployments;
using HxOps.Errors;
using HxOps.TestKit;
using Xunit;

namespace HxOps.Core.Tests.Deployments;

public sealed class DeploymentScaffoldTests : IDisposable
{
    private static readonly string ShippedFolder = Path.Combine(AppContext.BaseDirectory, "deployments");

    private readonly ScratchFolder _folder = new();
    private readonly DeploymentReader _reader = new(new YamlDotNetReader(), _ => null);

    public void Dispose() => _folder.Dispose();

    private Deployment Write(string name, string root) => new DeploymentScaffold(_reader, ShippedFolder).Write(new DeploymentDraft(_folder["new.yaml"], name, root));

    [Theory]
    [InlineData("my-gw", "/opt/my gw/it's \"so\"")]
    [InlineData("1.2", "/srv/$HOME/${X}/$$")]
    [InlineData("true", "/srv/é # no remark: here")]
    public void A_new_file_reads_back_with_what_it_was_made_of(string name, string root)
    {
        Write(name, root);

        var deployment = _reader.Read(_folder["new.yaml"]);
        Assert.Equal((name, root), (deployment.Name, deployment.Root));
        Assert.Null(deployment.Host);
        Assert.Equal(root + "/gateway/backups", deployment.Backups.Folder);
    }

    [Theory]
    [InlineData("a/b", "/opt")]
    [InlineData("", "/opt")]
    [InlineData("a\nhxops: 1", "/opt")]
    [InlineData("a", "opt")]
    [InlineData("a", "/opt/../x")]
    public void Values_that_make_no_deployment_are_refused_and_leave_no_file(string name, string root)
    {
        Assert.Equal("DeploymentInvalid", Assert.Throws<HxException>(() => Write(name, root)).Id.Name);
        Assert.False(File.Exists(_folder["new.yaml"]));
    }

    [Fact]
    public void A_file_that_exists_stays_as_it_is()
    {
        File.WriteAllText(_folder["new.yaml"], "mine");

        Assert.Equal("DeploymentExists", Assert.Throws<HxException>(() => Write("a", "/opt")).Id.Name);
        Assert.Equal("mine", File.ReadAllText(_folder["new.yaml"]));
    }
}
