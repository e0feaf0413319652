using System.Globalization;
using HxOps.Errors;
using HxOps.Gateway;
using HxOps.Tools;
using HxOps.Tools.Processes;

namespace HxOps.Deployments.Preflight;

/// <summary>The firewall is in force and lets the service's port in.</summary>
internal sealed class FirewallCheck : IPreflightCheck
{
    private const string Id = "Firewall";

    /// <inheritdoc/>
    public string Subject => "firewall";

    /// <inheritdoc/>
    public async Task<PreflightResult> LookAsync(DeploymentContext context, CancellationToken cancellation)
    {
        if (context.Deployment.Service is not { } service)
            return new PreflightResult(Id, Verdict.Inconclusive, "the deployment describes no service", "Add a section 'service' to the deployment file.");

        if (HostEntry.To(context.Root) is not { } entry)
            return new PreflightResult(Id, Verdict.Inconclusive, "a root folder has no firewall", "Run the command on the machine itself.");

        try
        {
            return Judge(service.Port, await new Ufw(new ProcessRunner(entry)).StatusAsync(cancellation));
        }
        catch (HxException error)
        {
            return new PreflightResult(Id, Verdict.Inconclusive, $"ufw does not say what is let in: {error.Message}",
                $"Run the command as root; where another firewall is used, see that it lets {Port(service.Port)} in from the clients and from nobody else.");
        }
    }

    private static PreflightResult Judge(int port, UfwStatus status) =>
        !status.IsActive ? new PreflightResult(Id, Verdict.Inconclusive, "ufw is not in force: everybody who reaches the host reaches every port",
            $"Allow what must come in ('ufw allow {Port(port)}'), then 'ufw enable'.")
        : status.LetsIn(port) ? new PreflightResult(Id, Verdict.Healthy, $"ufw is in force and lets {Port(port)} in", "")
        : new PreflightResult(Id, Verdict.Unhealthy, $"ufw is in force and does not let {Port(port)} in", $"Let it in: 'ufw allow {Port(port)}'.");

    private static string Port(int port) => port.ToString(CultureInfo.InvariantCulture) + "/tcp";
}
