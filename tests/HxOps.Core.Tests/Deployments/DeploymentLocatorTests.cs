using HxOps.Deployments;
using HxOps.Errors;
using HxOps.Files;
using HxOps.TestKit;
using Xunit;

namespace HxOps.Core.Tests.Deployments;

public sealed class DeploymentLocatorTests : IDisposable
{
    private readonly ScratchFolder _folder = new();
    private readonly Dictionary<string, string> _environment = [];

    public DeploymentLocatorTests() => Directory.CreateDirectory(_folder["root"]);

    private DeploymentLocator Locator => new(HostRoot.At(_folder["root"]), _folder["shipped"], _environment.GetValueOrDefault);

    public void Dispose() => _folder.Dispose();

    private string Lay(string path)
    {
        var local = _folder[path];
        Directory.CreateDirectory(Path.GetDirectoryName(local)!);
        File.WriteAllText(local, "");
        return local;
    }

    [Fact]
    public void What_the_user_names_comes_before_the_variable_the_host_and_the_shipped_one()
    {
        var shipped = Lay("shipped/hx-api-gateway.yaml");
        Assert.Equal(shipped, Locator.Find(null));

        var host = Lay("root/etc/hxops/deployment.yaml");
        Assert.Equal(host, Locator.Find(""));

        var configured = Lay("elsewhere/mine.yaml");
        _environment["HXOPS_DEPLOYMENT"] = configured;
        Assert.Equal(configured, Locator.Find(null));

        Assert.Equal(shipped, Locator.Find("hx-api-gateway"));
    }

    [Fact]
    public void A_name_means_the_hosts_own_file_before_the_shipped_one()
    {
        var shipped = Lay("shipped/gw.yaml");
        Assert.Equal(shipped, Locator.Find("gw"));

        var own = Lay("root/etc/hxops/deployments/gw.yaml");
        Assert.Equal(own, Locator.Find("gw"));
        Assert.Equal<string>([own, shipped], Locator.List());
    }

    [Fact]
    public void Every_listed_file_is_found_by_what_names_it()
    {
        var host = Lay("root/etc/hxops/deployment.yaml");
        var own = Lay("root/etc/hxops/deployments/gw.yaml");
        var shadowed = Lay("shipped/gw.yaml");
        var shipped = Lay("shipped/hx-api-gateway.yaml");

        Assert.Equal<string>([host, own, shadowed, shipped], Locator.List());
        Assert.Equal<string>([host, "gw", shadowed, "hx-api-gateway"], Locator.List().Select(Locator.NameOf));
        Assert.All(Locator.List(), path => Assert.Equal(path, Locator.Find(Locator.NameOf(path))));
    }

    [Fact]
    public void An_unknown_name_is_answered_with_what_there_is_and_the_nearest()
    {
        Lay("shipped/hx-api-gateway.yaml");
        Lay("root/etc/hxops/deployments/staging.yaml");

        var error = Assert.Throws<HxException>(() => Locator.Find("stagin"));

        Assert.Equal("DeploymentNotFound", error.Id.Name);
        Assert.Equal(ExitCode.NotFound, error.Id.ExitCode);
        Assert.Equal("stagin", error.Target);
        Assert.Equal("no deployment is called 'stagin'; did you mean 'staging'? There are: staging, hx-api-gateway", error.Message);
    }

    [Fact]
    public void A_missing_path_names_where_it_came_from()
    {
        _environment["HXOPS_DEPLOYMENT"] = "/nowhere/x.yaml";

        Assert.Equal("there is no deployment file /nowhere/x.yaml (from HXOPS_DEPLOYMENT). There are none", Assert.Throws<HxException>(() => Locator.Find(null)).Message);
        Assert.Equal("x.yaml", Assert.Throws<HxException>(() => Locator.Find("x.yaml")).Target);
    }
}
