using HxOps.Reporting;

namespace HxOps.Gateway;

/// <summary>Asks all probes of a deployment at once and comes to one verdict.</summary>
public sealed class GateRunner(DeploymentContext context)
{
    /// <summary>Asks once, or until healthy when told to wait.</summary>
    public Task<GateReport> RunAsync(GateRequest request, IProgress<HxEvent> events, CancellationToken cancellation) =>
        throw new NotImplementedException(context.ToString());
}
