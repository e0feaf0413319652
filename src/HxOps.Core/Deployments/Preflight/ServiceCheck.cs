using HxOps.Errors;
using HxOps.Gateway;
using HxOps.Services;
using HxOps.Services.Installing;
using HxOps.Services.Operating;

namespace HxOps.Deployments.Preflight;

/// <summary>The service is installed as the deployment file describes it, starts at boot, and runs.</summary>
internal sealed class ServiceCheck : IPreflightCheck
{
    private const string Id = "Service";
    private static readonly TimeSpan LogSpan = TimeSpan.FromMinutes(10);
    private const int QuotedLines = 5;

    /// <inheritdoc/>
    public string Subject => "service";

    /// <inheritdoc/>
    public async Task<PreflightResult> LookAsync(DeploymentContext context, CancellationToken cancellation)
    {
        if (context.Deployment.Service is not { } service)
            return new PreflightResult(Id, Verdict.Inconclusive, "the deployment describes no service", "Add a section 'service' to the deployment file.");

        try
        {
            return await JudgeAsync(context, await new ServiceObserver(context).ObserveAsync(service.Unit, cancellation), cancellation);
        }
        catch (HxException error)
        {
            return new PreflightResult(Id, Verdict.Inconclusive, error.Message, error.Remedy);
        }
    }

    private static async Task<PreflightResult> JudgeAsync(DeploymentContext context, ServiceStatus status, CancellationToken cancellation)
    {
        if (status.Activity == UnitActivity.Absent)
            return new PreflightResult(Id, Verdict.Unhealthy, $"{status.Id} is not installed", "Install it with Install-HxGatewayService or 'hxops service install'.");

        var finding = $"{status.Id} is {status.Activity.ToString().ToLowerInvariant()} and {(status.IsEnabled ? "starts at boot" : "does not start at boot")}{Drift(context)}";
        if (status.Activity != UnitActivity.Active)
        {
            var lines = await context.Services.ReadLogAsync(status.Id, context.Clock.GetUtcNow() - LogSpan, QuotedLines, cancellation);
            var said = lines.IsEmpty ? "it logged nothing in the last 10 minutes" : $"its last lines: {string.Join(" | ", lines.Select(line => line.Text))}";
            return new PreflightResult(Id, Verdict.Unhealthy, $"{finding}; {said}", "Start it with Start-HxGatewayService or 'hxops service start': what keeps it from starting is told then.");
        }

        return status.IsEnabled ? new PreflightResult(Id, Verdict.Healthy, finding, "")
            : new PreflightResult(Id, Verdict.Unhealthy, finding, "Have it started at boot with Install-HxGatewayService or 'hxops service install'.");
    }

    private static string Drift(DeploymentContext context)
    {
        try
        {
            var plan = new ServicePlanner(context).Plan(new InstallRequest { Action = InstallAction.Install });
            return plan.IsAlreadyThere ? "" : "; its files differ from what the deployment file describes (Install-HxGatewayService -WhatIf shows where)";
        }
        catch (HxException)
        {
            return ""; // What is missing is the business of other checks.
        }
    }
}
