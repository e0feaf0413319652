using HxOps.Errors;
using HxOps.Gateway;
using HxOps.Reporting;

namespace HxOps.Deployments.Preflight;

/// <summary>The gateway answers, judged by the gate's probes that make no model work.</summary>
internal sealed class HealthCheck(IProgress<HxEvent> events) : IPreflightCheck
{
    private const string Id = "Health";

    /// <inheritdoc/>
    public string Subject => "health";

    /// <inheritdoc/>
    public async Task<PreflightResult> LookAsync(DeploymentContext context, CancellationToken cancellation)
    {
        var probes = context.Deployment.Probes.OfType<HttpProbe>().Select(probe => probe.Name).ToList();
        if (probes.Count == 0)
        {
            return new PreflightResult(Id, Verdict.Inconclusive, "the deployment has no probe of kind http", "Add one, such as for /health/liveliness.");
        }

        try
        {
            var report = await new GateRunner(context).RunAsync(new GateRequest { Profile = GateProfile.Free, Probes = [.. probes] }, events, cancellation);
            var bad = report.Probes.FirstOrDefault(probe => probe.Verdict != Verdict.Healthy && probe.Importance == Importance.Required);
            return new PreflightResult(Id, report.Verdict, string.Join(", ", report.Probes.Select(probe => $"{probe.Id}: {probe.Finding}")), bad?.Remedy ?? "");
        }
        catch (HxException error)
        {
            return new PreflightResult(Id, Verdict.Inconclusive, error.Message, error.Remedy);
        }
    }
}
