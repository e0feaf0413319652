using System.Runtime.CompilerServices;
using HxOps.Codecs;
using HxOps.Deployments;
using HxOps.Files;
using HxOps.Formats;
using HxOps.Rollback.Plans;
using HxOps.Services;

namespace HxOps;

/// <summary>
/// The module's composition root: the only place that names HxOps.Codecs, and only within one method that is not inlined, so that nothing
/// looks for the isolated assemblies before <see cref="Isolation.ModuleLifetime"/> has shown the way to them.
/// </summary>
internal static class Composition
{
    /// <summary>Folder of the module's assemblies, with hxops beside them.</summary>
    private static string Folder => Path.GetDirectoryName(typeof(Deployment).Assembly.Location)!;

    /// <summary>Folder of the deployment files that ship with the module.</summary>
    private static string ShippedFolder => Path.Combine(Folder, "deployments");

    private static string ShippedPlans => Path.Combine(Folder, "plans");

    /// <summary>Finds and reads a deployment, and joins it with this machine.</summary>
    /// <param name="deployment">Name or local path; empty for the default one.</param>
    /// <param name="root">Local folder; empty for the machine itself.</param>
    public static DeploymentContext Open(string deployment, string root)
    {
        var host = HostRoot.At(root);
        var codecs = Codecs();
        var description = new DeploymentReader(codecs.Yaml, Variable).Read(Locator(host).Find(deployment));
        var secrets = new SecretSource(description, Variable);
        return new DeploymentContext(
            description, host, ServiceControlSelector.For(host, secrets.CreateRedactor()), secrets, codecs, TimeProvider.System)
        {
            HxopsCommand = [Path.Combine(Folder, "hxops")],
        };
    }

    /// <summary>Writes deployment files.</summary>
    public static DeploymentScaffold Scaffold() => new(new DeploymentReader(Codecs().Yaml, Variable), ShippedFolder);

    /// <summary>Finds and reads rollback plans.</summary>
    public static PlanCatalog Plans() => new(Codecs().Yaml, ShippedPlans);

    /// <summary>Local paths of every deployment file that can be named.</summary>
    public static IReadOnlyCollection<string> ListDeployments(string root) => Locator(HostRoot.At(root)).List();

    /// <summary>What names a listed deployment file.</summary>
    public static string NameDeployment(string path, string root) => Locator(HostRoot.At(root)).NameOf(path);

    private static DeploymentLocator Locator(HostRoot root) => new(root, ShippedFolder, Variable);

    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static CodecSet Codecs() => CodecFactory.Create();
}
