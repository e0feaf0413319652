using HxOps.Deployments.Validation;
using HxOps.Errors;
using HxOps.Files;
using HxOps.Gateway;
using HxOps.Services;
using HxOps.Tools;

namespace HxOps.Deployments.Preflight;

/// <summary>The ports of the gateway are held by its own services, and by nobody else.</summary>
internal sealed class PortsCheck : IPreflightCheck
{
    private const string Id = "Ports";

    /// <inheritdoc/>
    public string Subject => "ports";

    /// <inheritdoc/>
    public async Task<PreflightResult> LookAsync(DeploymentContext context, CancellationToken cancellation)
    {
        var configuration = new ConfigurationLoader(context, context.Root).Load();
        var services = configuration.Services.SelectMany(ServicePort.Of).ToLookup(port => port.Port, port => port.Service);
        var ports = context.Deployment.Endpoints
            .Where(endpoint => endpoint.Layer is GatewayLayer.Upstream or GatewayLayer.Wrapper && endpoint.Url.IsLoopback)
            .Select(endpoint => endpoint.Url.Port)
            .Distinct();
        var states = new List<PortState>();
        foreach (var port in ports)
        {
            var service = services[port].FirstOrDefault();
            states.Add(Judge(context.Root, port, service, service is null ? null : await StatusAsync(context, service, cancellation)));
        }

        var evidence = states.Count == 0 ? "the deployment names none on this machine" : string.Join("; ", states.Select(state => state.Evidence));
        var worst = states.Any(state => state.Verdict == Verdict.Unhealthy) ? Verdict.Unhealthy
            : states.Any(state => state.Verdict == Verdict.Inconclusive) ? Verdict.Inconclusive
            : Verdict.Healthy;
        return new PreflightResult(Id, worst, evidence, worst switch
        {
            Verdict.Healthy => "",
            Verdict.Unhealthy => "Stop the process that holds the port, or give one of the two another port.",
            _ => "Start the services; run the command as root to see who holds a port.",
        });
    }

    private static async Task<UnitStatus?> StatusAsync(DeploymentContext context, string service, CancellationToken cancellation)
    {
        try
        {
            return await context.Services.GetAsync(service, cancellation);
        }
        catch (HxException)
        {
            return null; // the check of the units says why
        }
    }

    private static PortState Judge(HostRoot root, int port, string? service, UnitStatus? status)
    {
        var holder = PortHolders.Of(root, port).OrderByDescending(candidate => IsOf(root, candidate, status)).FirstOrDefault();
        if (holder is null)
        {
            return status?.Activity == UnitActivity.Active
                ? new PortState(Verdict.Unhealthy, $"nobody listens on {port} although {service} is active")
                : new PortState(Verdict.Inconclusive, $"nobody listens on {port}");
        }

        if (holder.ProcessId is not { } process)
        {
            return new PortState(Verdict.Inconclusive, $"{port} is held by a process that this user may not see");
        }

        var who = $"{port} is held by {holder.Command} (PID {process})";
        return IsOf(root, holder, status) ? new PortState(Verdict.Healthy, $"{who} of {service}")
            : service is null ? new PortState(Verdict.Inconclusive, $"{who}; no unit of the deployment says that it uses this port")
            : new PortState(Verdict.Unhealthy, $"{who}, which is not {service}");
    }

    // A server with workers lets a child listen.
    private static bool IsOf(HostRoot root, PortHolder holder, UnitStatus? status) =>
        holder.ProcessId is { } process && status?.MainProcessId is { } main && ProcessStatus.IsOfFamily(ProcessFolder.Of(root).Path, process, main);

    private sealed record PortState(Verdict Verdict, string Evidence);
}
