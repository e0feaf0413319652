using System.Collections.Immutable;
using HxOps.Deployments;
using HxOps.Files;
using HxOps.Formats;
using HxOps.Services;

namespace HxOps;

/// <summary>An opened deployment: what every agent of Core is given to work with. Made by a front end's composition root.</summary>
/// <param name="Deployment">What the gateway is.</param>
/// <param name="Root">Where its absolute paths lie on this machine.</param>
/// <param name="Services">What runs its units.</param>
/// <param name="Secrets">The values of its secrets.</param>
/// <param name="Codecs">The formats of files.</param>
/// <param name="Clock">The time.</param>
public sealed record DeploymentContext(
    Deployment Deployment,
    HostRoot Root,
    IServiceControl Services,
    SecretSource Secrets,
    CodecSet Codecs,
    TimeProvider Clock)
{
    /// <summary>The program and first words that start hxops on this machine, for what must outlive the present process; empty where there is none.</summary>
    public ImmutableArray<string> HxopsCommand { get; init; } = [];

    /// <summary>The local folder that holds the lock, the journals and the annotations, beside the checkpoints.</summary>
    public string StateFolder => Root.Locate(Deployment.Backups.Folder) + "/.hxops";
}
