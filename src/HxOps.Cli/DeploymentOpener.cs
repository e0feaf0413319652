using HxOps.Deployments;
using HxOps.Files;
using HxOps.Formats;
using HxOps.Rollback.Plans;
using HxOps.Services;

namespace HxOps.Cli;

/// <summary>Opens deployments with the formats that the composition root chose.</summary>
/// <param name="codecs">The formats.</param>
/// <param name="shippedFolder">Where the deployment files lie that ship with hxops.</param>
/// <param name="shippedPlans">Where the rollback plans lie that ship with hxops.</param>
internal sealed class DeploymentOpener(CodecSet codecs, string shippedFolder, string shippedPlans)
{
    /// <summary>Reads YAML texts.</summary>
    public IYamlReader Yaml => codecs.Yaml;

    /// <summary>Finds and reads the deployment file and joins it with this machine.</summary>
    public DeploymentContext Open(string? nameOrPath, HostRoot root) => Join(Read(Locator(root).Find(nameOrPath)), root);

    /// <summary>Finds deployment files.</summary>
    public DeploymentLocator Locator(HostRoot root) => new(root, shippedFolder, Environment.GetEnvironmentVariable);

    /// <summary>Reads one deployment file.</summary>
    public Deployment Read(string path) => Reader().Read(path);

    /// <summary>Writes deployment files.</summary>
    public DeploymentScaffold Scaffold() => new(Reader(), shippedFolder);

    /// <summary>Finds and reads rollback plans.</summary>
    public PlanCatalog Plans() => new(codecs.Yaml, shippedPlans);

    private DeploymentReader Reader() => new(codecs.Yaml, Environment.GetEnvironmentVariable);

    private DeploymentContext Join(Deployment deployment, HostRoot root)
    {
        var secrets = new SecretSource(deployment, Environment.GetEnvironmentVariable);
        return new(deployment, root, ServiceControlSelector.For(root, secrets.CreateRedactor()), secrets, codecs, TimeProvider.System) { HxopsCommand = OwnCommand.Words };
    }
}
