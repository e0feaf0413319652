using HxOps.Deployments;
using HxOps.Errors;
using HxOps.Gateway;
using HxOps.Reporting;

namespace HxOps.Services.Operating;

/// <summary>Looks for the usual causes of a service that will not start, and adds what it finds to the failure.</summary>
internal sealed class StartDiagnosis(DeploymentContext context)
{
    /// <summary>The failure with its likely causes and their remedies; as it was where none is found or the unit is not the service.</summary>
    internal async Task<HxException> ExplainAsync(HxException failure, string unit, IProgress<HxEvent> events)
    {
        if (context.Deployment.Service?.Unit != unit)
            return failure;

        var checks = await new DeploymentInspector(context).InspectAsync(PreflightScope.Startup, events, CancellationToken.None);
        var causes = checks.Where(check => check.Verdict == Verdict.Unhealthy).ToList();
        return causes.Count == 0 ? failure : new HxException(failure.Id, failure.Target,
            $"{failure.Message} Likely cause: {string.Join("; ", causes.Select(cause => $"{cause.Id}: {cause.Finding}"))}.", failure)
        {
            Remedy = string.Join(" ", causes.Select(cause => cause.Remedy)),
        };
    }
}
