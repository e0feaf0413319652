using System.Collections.Immutable;
using HxOps.Deployments;
using HxOps.Files;
using HxOps.Services;

namespace HxOps.TestKit;

/// <summary>A deployment of one unit whose program is the dummy tool: a "pipeline" now, a "litellm" before.</summary>
public static class EntryPointDeployment
{
    public const string Unit = "hx-gateway-ml.service";
    public const string UnitFile = "/etc/systemd/system/" + Unit;
    public const string DropIn = UnitFile + ".d/override.conf";
    public const string EnvironmentFile = "/etc/hx-gateway-ml.env";
    public const string Key = "sk-planted-wrapper-key";

    /// <summary>The deployment opened below a root; what runs its unit is the embedded supervisor unless another is given.</summary>
    public static DeploymentContext At(string root, int port, IServiceControl? services = null)
    {
        var context = TreeDeployment.At(root);
        var deployment = context.Deployment with
        {
            Components = [new Component("systemd", "systemd", ComponentRole.State, [new FileSource("/etc/systemd/system/hx-*gateway*", Presence.Required)])],
            Secrets = [new Secret("wrapperKey", "HX_WRAPPER_KEY", Key)],
            Service = Service(port),
        };
        var secrets = new SecretSource(deployment, _ => null);
        return context with
        {
            Deployment = deployment,
            Secrets = secrets,
            Services = services ?? ServiceControlSelector.For(HostRoot.At(root), secrets.CreateRedactor()),
        };
    }

    private static GatewayService Service(int port) => new()
    {
        Unit = Unit,
        Description = "gateway wrapper",
        Command = ["/bin/true"],
        WorkingFolder = "/",
        Port = port,
        Account = new ServiceAccount("hx-gateway", "hx-gateway", "/bin/false"),
        After = [],
        Wants = [],
        WantedBy = [],
        Environment = new ServiceEnvironment(
            EnvironmentFile, "root", "root", 0x1A0, ImmutableSortedDictionary<string, string>.Empty, ImmutableSortedDictionary<string, string>.Empty),
        Limits = ServiceLimits.Default,
        EntryPoints =
        [
            new EntryPointKind("pipeline", "say pipeline", [new HealthQuestion("/healthz", 200, null, TimeSpan.FromSeconds(5))]),
            new EntryPointKind("litellm", "say litellm",
            [
                new HealthQuestion("/health/liveliness", 200, null, TimeSpan.FromSeconds(5)),
                new HealthQuestion("/health", 200, "wrapperKey", TimeSpan.FromSeconds(5)),
            ]),
        ],
        History = ["/srv/repository/hx-gateway-ml.service"],
    };
}
