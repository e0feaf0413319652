using System.Collections.Immutable;
using System.Globalization;
using HxOps.Deployments;
using HxOps.Gateway;
using HxOps.Reporting;
using HxOps.Services.Units;
using HxOps.Tools;

namespace HxOps.Services.EntryPoints;

/// <summary>Seeks the evidence that a unit runs what it was told to: the kernel's word on the process, and its health.</summary>
internal sealed class EntryPointProof(DeploymentContext context)
{
    private const string EndpointName = "entry-point";

    internal async Task<EntryPointEvidence> SeekAsync(EntryPointPlan plan, IProgress<HxEvent> events, CancellationToken cancellation)
    {
        var service = context.Deployment.Service!;
        var kind = service.KindOf(plan.To.Command);
        var health = kind is null ? null : await AskAsync(service, kind, plan.Request, events, cancellation);
        var status = await context.Services.GetAsync(plan.Id, cancellation);
        var running = status.MainProcessId is { } process ? ProcessCommandLine.TryRead(process) : [];
        return new EntryPointEvidence(string.Join(' ', running), status.MainProcessId, health, Judge(plan, status, running, kind, health));
    }

    /// <summary>Asks as the gate does: the questions become probes of an endpoint at the service's own port.</summary>
    private async Task<GateReport> AskAsync(
        GatewayService service, EntryPointKind kind, EntryPointRequest request, IProgress<HxEvent> events, CancellationToken cancellation)
    {
        var probes = ImmutableArray.CreateBuilder<ProbeDefinition>();
        var endpoints = ImmutableArray.CreateBuilder<Endpoint>();
        foreach (var question in kind.Health)
        {
            var endpoint = new Endpoint($"{EndpointName}-{endpoints.Count.ToString(CultureInfo.InvariantCulture)}",
                new Uri($"http://127.0.0.1:{service.Port.ToString(CultureInfo.InvariantCulture)}"), GatewayLayer.Wrapper, question.Secret);
            endpoints.Add(endpoint);
            probes.Add(new HttpProbe(endpoint.Name, question.Path, request.ExpectedStatus ?? question.Status, ImmutableSortedDictionary<string, string>.Empty)
            {
                Name = question.Path,
                Importance = Importance.Required,
                Layer = GatewayLayer.Wrapper,
                Deadline = question.Deadline,
            });
        }

        var asked = context with { Deployment = context.Deployment with { Endpoints = endpoints.ToImmutable(), Probes = probes.ToImmutable() } };
        return await new GateRunner(asked).RunAsync(new GateRequest { Wait = request.Budget }, events, cancellation);
    }

    private static string Judge(EntryPointPlan plan, UnitStatus status, ImmutableArray<string> running, EntryPointKind? kind, GateReport? health) =>
        status.Activity != UnitActivity.Active ? $"{plan.Id} is not active but {status.Activity.ToString().ToLowerInvariant()} ({status.Detail})."
        : !IsSameProgram(plan, running, kind) ? $"The main process of {plan.Id} runs '{string.Join(' ', running)}'."
        : health is { Verdict: not Verdict.Healthy } ? $"{plan.Id} did not answer healthy: {string.Join("; ", health.Probes.Where(probe => probe.Verdict != Verdict.Healthy).Select(probe => $"{probe.Id} {probe.Finding}"))}."
        : "";

    /// <summary>An interpreter's script runs as the interpreter with the script as argument, so the program may stand in any place.</summary>
    private static bool IsSameProgram(EntryPointPlan plan, ImmutableArray<string> running, EntryPointKind? kind)
    {
        var line = string.Join(' ', running);
        var words = UnitWords.Split(plan.To.Command, new UnitOrigin(plan.DropIn, 1));
        return running.Any(word => word.EndsWith(words[0].TrimStart('-', '@', ':', '+', '!'), StringComparison.Ordinal))
            && (kind is null || line.Contains(kind.Match, StringComparison.Ordinal));
    }
}

/// <summary>What was seen of a running entry point.</summary>
/// <param name="RunningCommand">The command line of the main process.</param>
/// <param name="MainProcessId">The main process, or null.</param>
/// <param name="Health">What it answered, or null when nothing is known to ask.</param>
/// <param name="Missing">What is wrong; empty when the proof is complete.</param>
internal sealed record EntryPointEvidence(string RunningCommand, int? MainProcessId, GateReport? Health, string Missing)
{
    internal bool IsComplete => Missing.Length == 0;
}
