using HxOps.Gateway;
using HxOps.Services;

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
        var states = (await PortSurvey.LookAsync(context, cancellation)).ConvertAll(Judge);
        var evidence = states.Count == 0 ? "the deployment names none on this machine" : string.Join("; ", states.Select(state => state.Evidence));
        var worst = states.Any(state => state.Verdict == Verdict.Unhealthy) ? Verdict.Unhealthy
            : states.Any(state => state.Verdict == Verdict.Inconclusive) ? Verdict.Inconclusive
            : Verdict.Healthy;
        return new PreflightResult(Id, worst, evidence, worst switch
        {
            Verdict.Healthy => "",
            Verdict.Unhealthy => "Stop the process that holds the port, or give one of the two another port. 'Test-HxDeployment -Fix Port' and 'hxops deployment test --fix port' end one that is of no unit.",
            _ => "Start the services; run the command as root to see who holds a port.",
        });
    }

    private static PortState Judge(PortUse use)
    {
        var (port, service) = (use.Port, use.Service);
        if (use.Holders.OrderByDescending(use.IsOwn).FirstOrDefault() is not { } holder)
        {
            return use.Status?.Activity == UnitActivity.Active
                ? new PortState(Verdict.Unhealthy, $"nobody listens on {port} although {service} is active")
                : new PortState(Verdict.Inconclusive, $"nobody listens on {port}");
        }

        if (holder.ProcessId is not { } process)
        {
            return new PortState(Verdict.Inconclusive, $"{port} is held by a process that this user may not see");
        }

        var who = $"{port} is held by {holder.Command} (PID {process})";
        return use.IsOwn(holder) ? new PortState(Verdict.Healthy, $"{who} of {service}")
            : service is null ? new PortState(Verdict.Inconclusive, $"{who}; no unit of the deployment says that it uses this port")
            : new PortState(Verdict.Unhealthy, $"{who}, which is not {service}");
    }

    private sealed record PortState(Verdict Verdict, string Evidence);
}
