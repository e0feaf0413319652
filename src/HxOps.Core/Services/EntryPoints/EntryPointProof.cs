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
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    internal async Task<EntryPointEvidence> SeekAsync(EntryPointPlan plan, IProgress<HxEvent> events, CancellationToken cancellation)
    {
        var service = context.Deployment.Service!;
        var kind = service.KindOf(plan.To.Command);
        var health = kind is null ? null : await AskAsync(service, kind, plan.Request, events, cancellation);
        var status = await context.Services.GetAsync(plan.Id, cancellation);
        var running = status.MainProcessId is { } process ? ProcessCommandLine.TryRead(context.Root, process) : [];
        var redactor = context.Secrets.CreateRedactor();
        return new EntryPointEvidence(
            redactor.Redact(string.Join(' ', running)), status.MainProcessId, health, redactor.Redact(Judge(plan, status, running, kind, health)));
    }

    /// <summary>Asks one question after the other as the gate does, so that the dear one is asked only when the cheap one is answered.</summary>
    private async Task<GateReport?> AskAsync(
        GatewayService service, EntryPointKind kind, EntryPointRequest request, IProgress<HxEvent> events, CancellationToken cancellation)
    {
        GateReport? report = null;
        var begun = context.Clock.GetTimestamp();
        foreach (var question in kind.Health)
        {
            var left = request.Budget - context.Clock.GetElapsedTime(begun);
            var answer = await AskWhileRunningAsync(Asking(service, question, StatusOf(question), left), service.Unit, left, events, cancellation);
            if (answer is null)
                return null;

            report = report is null ? answer : answer with { Probes = [.. report.Probes, .. answer.Probes], StartedUtc = report.StartedUtc };
            if (answer.Verdict != Verdict.Healthy)
                break;
        }

        return report;

        // The last question is the one that counts; those before it are only cheaper.
        int StatusOf(HealthQuestion question) => question == kind.Health[^1] ? request.ExpectedStatus ?? question.Status : question.Status;
    }

    /// <summary>The deployment with this question as its only probe.</summary>
    private DeploymentContext Asking(GatewayService service, HealthQuestion question, int status, TimeSpan left)
    {
        var url = new Uri($"http://127.0.0.1:{service.Port.ToString(CultureInfo.InvariantCulture)}");
        var probe = new HttpProbe(EndpointName, question.Path, status, ImmutableSortedDictionary<string, string>.Empty)
        {
            Name = question.Path,
            Importance = Importance.Required,
            Layer = GatewayLayer.Wrapper,
            Deadline = question.Deadline < left ? question.Deadline : left,
        };
        var endpoint = new Endpoint(EndpointName, url, GatewayLayer.Wrapper, question.Secret);
        return context with { Deployment = context.Deployment with { Endpoints = [endpoint], Probes = [probe] } };
    }

    /// <summary>Nothing is asked any more once the unit has ended: it would cost the whole budget to learn what is known.</summary>
    private static async Task<GateReport?> AskWhileRunningAsync(
        DeploymentContext asked, string unit, TimeSpan budget, IProgress<HxEvent> events, CancellationToken cancellation)
    {
        using var asking = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var report = new GateRunner(asked).RunAsync(new GateRequest { Wait = budget }, events, asking.Token);
        while (await Task.WhenAny(report, Task.Delay(Pause, asked.Clock, cancellation)) != report)
        {
            if (await asked.Services.GetAsync(unit, cancellation) is { Activity: UnitActivity.Failed or UnitActivity.Inactive })
                await asking.CancelAsync();
        }

        try
        {
            return await report;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return null;
        }
    }

    private static string Judge(EntryPointPlan plan, UnitStatus status, ImmutableArray<string> running, EntryPointKind? kind, GateReport? health) =>
        status.Activity != UnitActivity.Active ? $"{plan.Id} is not active but {status.Activity.ToString().ToLowerInvariant()} ({status.Detail})."
        : !IsSameProgram(plan, running, kind) ? $"The main process of {plan.Id} runs '{string.Join(' ', running)}'."
        : kind is not null && health is null ? $"{plan.Id} ended while its health was asked."
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
