using System.Globalization;
using HxOps.Gateway;
using HxOps.Tools.Processes;

namespace HxOps.Deployments.Preflight;

/// <summary>Who can reach the service from outside reaches it through TLS; one that listens on loopback only needs none.</summary>
internal sealed class TlsCheck : IPreflightCheck
{
    private const string Id = "Tls";
    private const int HttpsPort = 443;
    private static readonly string[] Loopback = ["127.0.0.1", "::1", "localhost"];
    private static readonly string[] Proxies = ["nginx", "haproxy", "caddy", "envoy", "traefik", "apache2", "httpd"];

    /// <inheritdoc/>
    public string Subject => "TLS termination";

    /// <inheritdoc/>
    public Task<PreflightResult> LookAsync(DeploymentContext context, CancellationToken cancellation) => Task.FromResult(Look(context));

    private static PreflightResult Look(DeploymentContext context)
    {
        if (context.Deployment.Service is not { } service)
            return new PreflightResult(Id, Verdict.Inconclusive, "the deployment describes no service", "Add a section 'service' to the deployment file.");

        if (service.Command.Any(word => word.StartsWith("--ssl-certfile", StringComparison.Ordinal)))
            return new PreflightResult(Id, Verdict.Healthy, "the service speaks TLS itself", "");

        var at = service.Command.IndexOf("--host");
        if (at >= 0 && at + 1 < service.Command.Length && Loopback.Contains(service.Command[at + 1]))
            return new PreflightResult(Id, Verdict.Healthy, $"the service listens on {service.Command[at + 1]} only", "");

        var proxy = PortHolders.Of(context.Root, HttpsPort).FirstOrDefault(holder => Proxies.Contains(holder.Command));
        return proxy is not null
            ? new PreflightResult(Id, Verdict.Healthy, string.Create(CultureInfo.InvariantCulture, $"{proxy.Command} (PID {proxy.ProcessId}) listens on {HttpsPort}"), "")
            : new PreflightResult(Id, Verdict.Inconclusive, "the service listens on every address without TLS, and no proxy that is known here listens on 443",
                "Put a proxy with TLS before it if it can be reached from outside, or let it listen on loopback only (--host 127.0.0.1).");
    }
}
