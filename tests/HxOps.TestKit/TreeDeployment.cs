using HxOps.Codecs;
using HxOps.Deployments;
using HxOps.Files;
using HxOps.Services;

namespace HxOps.TestKit;

/// <summary>The smallest deployment: one folder with all below it. For tests about files, and for the program that is killed in them.</summary>
public static class TreeDeployment
{
    public const string Tree = "/srv/tree";
    public const string Backups = "/srv/backups";

    /// <summary>The deployment opened below a root.</summary>
    public static DeploymentContext At(string root, IServiceControl? services = null)
    {
        var deployment = new Deployment
        {
            Name = "tree",
            Root = "/srv",
            Backups = new BackupPolicy(Backups, "gw-checkpoint-", "pre-restore-", 5),
            Components = [new Component("tree", "tree", ComponentRole.State, [new FileSource(Tree, Presence.Optional)])],
            Units = services is null ? [] : [new ManagedUnit("gateway.service", StartRule.Always)],
            Endpoints = [],
            Secrets = [],
            Configuration = new ConfigurationFiles(null, null, null, null),
            Probes = [],
            Source = "/etc/hxops/tree.yaml",
        };
        return new DeploymentContext(deployment, HostRoot.At(root), services ?? new NoServices(), new SecretSource(deployment, _ => null), CodecFactory.Create(), TimeProvider.System);
    }
}
