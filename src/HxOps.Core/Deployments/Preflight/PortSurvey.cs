using System.Collections.Immutable;
using HxOps.Deployments.Validation;
using HxOps.Errors;
using HxOps.Files;
using HxOps.Gateway;
using HxOps.Services;
using HxOps.Tools.Processes;

namespace HxOps.Deployments.Preflight;

/// <summary>Finds who listens on the ports that the gateway has on this machine.</summary>
internal static class PortSurvey
{
    /// <summary>Every port of an endpoint on this machine, in the order of the deployment file.</summary>
    internal static async Task<List<PortUse>> LookAsync(DeploymentContext context, CancellationToken cancellation)
    {
        var configuration = new ConfigurationLoader(context, context.Root).Load();
        var services = configuration.Services.SelectMany(ServicePort.Of).ToLookup(port => port.Port, port => port.Service);
        var uses = new List<PortUse>();
        foreach (var port in context.Deployment.Endpoints
            .Where(endpoint => endpoint.Layer is GatewayLayer.Upstream or GatewayLayer.Wrapper && endpoint.Url.IsLoopback)
            .Select(endpoint => endpoint.Url.Port)
            .Distinct())
        {
            var service = services[port].FirstOrDefault();
            var status = service is null ? null : await StatusAsync(context, service, cancellation);
            uses.Add(new PortUse(context.Root, port, service, status, PortHolders.Of(context.Root, port)));
        }

        return uses;
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
}

/// <summary>A port of the gateway and who listens on it.</summary>
/// <param name="Root">The machine.</param>
/// <param name="Port">The port.</param>
/// <param name="Service">The deployment's unit that says that it uses the port, or null.</param>
/// <param name="Status">What that unit does, or null where unknown.</param>
/// <param name="Holders">Who listens.</param>
internal sealed record PortUse(HostRoot Root, int Port, string? Service, UnitStatus? Status, ImmutableArray<PortHolder> Holders)
{
    /// <summary>Whether somebody else listens where a unit of the deployment should.</summary>
    internal bool IsTaken => Service is not null && !Holders.IsEmpty && !Holders.Any(IsOwn);

    // A server with workers lets a child listen.
    internal bool IsOwn(PortHolder holder) =>
        holder.ProcessId is { } process && Status?.MainProcessId is { } main && ProcessStatus.IsOfFamily(ProcessFolder.Of(Root).Path, process, main);
}
