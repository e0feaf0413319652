using HxOps.Codecs;
using HxOps.Deployments;
using HxOps.Files;
using HxOps.Gateway;

namespace HxOps.TestKit;

/// <summary>A deployment of nothing but a state folder below a root, for tests of what does not look at the gateway.</summary>
public static class BareDeployment
{
    /// <summary>Opens it; two processes that open the same root share its state.</summary>
    public static DeploymentContext At(string root)
    {
        var deployment = new Deployment
        {
            Name = "bare",
            Root = "/srv",
            Backups = new BackupPolicy("/backups", "gw-checkpoint-", "pre-restore-", 5),
            Components = [],
            Units = [],
            Endpoints = [new Endpoint("gateway", new Uri("http://127.0.0.1:9"), GatewayLayer.Upstream, "master")],
            Secrets = [new Secret("master", "MASTER_KEY", "sk-planted-master-key")],
            Configuration = new ConfigurationFiles(null, null, null, null),
            Probes = [],
            Source = "/etc/hxops/bare.yaml",
        };
        return new DeploymentContext(
            deployment, HostRoot.At(root), new NoServices(), new SecretSource(deployment, _ => null), CodecFactory.Create(), TimeProvider.System);
    }
}
