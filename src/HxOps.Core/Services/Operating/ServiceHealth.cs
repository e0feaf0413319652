using System.Collections.Immutable;
using System.Globalization;
using HxOps.Deployments;
using HxOps.Gateway;
using HxOps.Reporting;

namespace HxOps.Services.Operating;

/// <summary>
/// Asks a service that was just started for its health until it answers. Only the first, cheap question of its entry point is asked: the
/// others make models work, and are the gate's business.
/// </summary>
internal sealed class ServiceHealth(DeploymentContext context)
{
    private const string EndpointName = "service";
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(50);

    /// <summary>Why a unit that the deployment file describes is not asked although its health is wanted; empty when it is asked, or is another unit.</summary>
    internal string Silence(ServiceStatus status) =>
        context.Deployment.Service is not { } service || service.Unit != status.Id ? ""
        : status.CommandLine.Length == 0 ? "Its health was not asked: it has no process whose entry point could be told."
        : Kind(service, status) is not { } kind ? "Its health was not asked: what it runs is none of the entry points that the deployment file describes."
        : kind.Health.IsEmpty ? $"Its health was not asked: the deployment file has no question for the entry point {kind.Name}."
        : "";

    /// <summary>The last answer; null when nothing is known to ask. It is not healthy when the limit passed or the unit ended.</summary>
    internal async Task<GateReport?> AwaitAsync(ServiceStatus status, TimeSpan limit, IProgress<HxEvent> events, CancellationToken cancellation)
    {
        if (context.Deployment.Service is not { } service || service.Unit != status.Id || Kind(service, status)?.Health is not [var question, ..])
            return null;

        var begun = context.Clock.GetTimestamp();
        var asked = Asking(status.Port ?? service.Port, question, limit);
        while (true)
        {
            var report = await new GateRunner(asked).RunAsync(GateRequest.Once, events, cancellation);
            if (report.Verdict == Verdict.Healthy || context.Clock.GetElapsedTime(begun) >= limit || !await RunsAsync(status, cancellation))
                return report;

            await Task.Delay(Poll, context.Clock, cancellation);
        }
    }

    private static EntryPointKind? Kind(GatewayService service, ServiceStatus status) => service.EntryPoints.FirstOrDefault(kind => kind.Name == status.EntryPoint);

    /// <summary>Nothing is asked any more once the process has ended: it would cost the whole limit to learn what is known.</summary>
    private async Task<bool> RunsAsync(ServiceStatus started, CancellationToken cancellation)
    {
        var status = await context.Services.GetAsync(started.Id, cancellation);
        return status.Activity == UnitActivity.Active && status.MainProcessId == started.MainProcessId;
    }

    /// <summary>The deployment with this question as its only probe.</summary>
    private DeploymentContext Asking(int port, HealthQuestion question, TimeSpan limit)
    {
        var url = new Uri($"http://127.0.0.1:{port.ToString(CultureInfo.InvariantCulture)}");
        var probe = new HttpProbe(EndpointName, question.Path, question.Status, ImmutableSortedDictionary<string, string>.Empty)
        {
            Name = question.Path,
            Importance = Importance.Required,
            Layer = GatewayLayer.Wrapper,
            Deadline = question.Deadline < limit ? question.Deadline : limit,
        };
        var endpoint = new Endpoint(EndpointName, url, GatewayLayer.Wrapper, question.Secret);
        return context with { Deployment = context.Deployment with { Endpoints = [endpoint], Probes = [probe] } };
    }
}
