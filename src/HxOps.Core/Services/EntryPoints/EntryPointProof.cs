using System.Collections.Immutable;
using System.Globalization;
using HxOps.Deployments;
using HxOps.Gateway;
using HxOps.Reporting;
using HxOps.Tools.Processes;

namespace HxOps.Services.EntryPoints;

/// <summary>Seeks the evidence that a unit runs what it was told to: the kernel's word on the process, and its health.</summary>
internal sealed class EntryPointProof
{
    private const string EndpointName = "entry-point";

    /// <summary>Short, because every pause is time that the operator waits for a gateway which is healthy already.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Watch = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LeastDeadline = TimeSpan.FromMilliseconds(100);

    private readonly DeploymentContext _context;
    private readonly EntryPointCheck _check;

    internal EntryPointProof(DeploymentContext context, EntryPointCheck check)
    {
        _check = check;
        _context = WithKey(context, check.KeyVariable);
        Redactor = _context.Secrets.CreateRedactor();
    }

    /// <summary>Knows every secret of a deployment, and the key in a variable that the caller names.</summary>
    internal static Redactor RedactorOf(DeploymentContext context, string? keyVariable) => WithKey(context, keyVariable).Secrets.CreateRedactor();

    private Redactor Redactor { get; }

    /// <summary>Asks until healthy or the budget is over, and then looks at the process.</summary>
    /// <param name="begun">The unit as it was when it had been started.</param>
    /// <param name="events">What the health questions find.</param>
    /// <param name="cancellation">Gives up.</param>
    internal async Task<EntryPointEvidence> SeekAsync(UnitStatus begun, IProgress<HxEvent> events, CancellationToken cancellation)
    {
        var health = begun.Activity is UnitActivity.Active or UnitActivity.Activating ? await AskAsync(begun, events, cancellation) : null;
        var status = await _context.Services.GetAsync(_check.Unit, cancellation);
        var running = status.MainProcessId is { } process ? ProcessCommandLine.TryRead(_context.Root, process) : [];
        var expected = ExpectedArguments.Of(_context.Root, _check.Unit, _check.Command);
        return new EntryPointEvidence(Redactor.Redact(string.Join(' ', running)), status.MainProcessId, health,
            Redactor.Redact(Judge(begun, status, running, expected, health)))
        {
            IsRunning = status.Activity == UnitActivity.Active && expected.AreEndOf(running),
        };
    }

    /// <summary>Asks one question after the other as the gate does, so that the dear one is asked only when the cheap one is answered.</summary>
    private async Task<GateReport?> AskAsync(UnitStatus begun, IProgress<HxEvent> events, CancellationToken cancellation)
    {
        GateReport? report = null;
        var start = _context.Clock.GetTimestamp();
        foreach (var question in _check.Questions)
        {
            var left = _check.Budget - _context.Clock.GetElapsedTime(start);
            var answer = await AskWhileRunningAsync(Asking(question, left), begun, left, events, cancellation);
            if (answer is null)
                return null;

            report = report is null ? answer : answer with { Probes = [.. report.Probes, .. answer.Probes], StartedUtc = report.StartedUtc };
            if (answer.Verdict != Verdict.Healthy)
                break;
        }

        return report;
    }

    /// <summary>The deployment with this question as its only probe.</summary>
    private DeploymentContext Asking(HealthQuestion question, TimeSpan left)
    {
        var url = new Uri($"http://127.0.0.1:{_check.Port.ToString(CultureInfo.InvariantCulture)}");
        var deadline = question.Deadline < left ? question.Deadline : left;
        var probe = new HttpProbe(EndpointName, question.Path, question.Status, ImmutableSortedDictionary<string, string>.Empty)
        {
            Name = question.Path,
            Importance = Importance.Required,
            Layer = GatewayLayer.Wrapper,
            Deadline = deadline > LeastDeadline ? deadline : LeastDeadline,
        };
        var endpoint = new Endpoint(EndpointName, url, GatewayLayer.Wrapper, question.Secret);
        return _context with { Deployment = _context.Deployment with { Endpoints = [endpoint], Probes = [probe] } };
    }

    /// <summary>Nothing is asked any more once the unit has ended: it would cost the whole budget to learn what is known.</summary>
    private static async Task<GateReport?> AskWhileRunningAsync(
        DeploymentContext asked, UnitStatus begun, TimeSpan budget, IProgress<HxEvent> events, CancellationToken cancellation)
    {
        using var asking = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var report = new GateRunner(asked).RunAsync(new GateRequest { Wait = budget, LongestPause = Pause }, events, asking.Token);
        while (await Task.WhenAny(report, Task.Delay(Watch, asked.Clock, cancellation)) != report)
        {
            if (HasEnded(begun, await asked.Services.GetAsync(begun.Id, cancellation)))
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

    private string Judge(UnitStatus begun, UnitStatus status, ImmutableArray<string> running, ExpectedArguments expected, GateReport? health) =>
        status.Activity != UnitActivity.Active ? $"{_check.Unit} is not active but {status.Activity.ToString().ToLowerInvariant()} ({status.Detail})."
        : HasEnded(begun, status) ? $"{_check.Unit} ended and was started again while its health was asked."
        : !expected.AreIn(running) ? $"The main process of {_check.Unit} runs '{string.Join(' ', running)}'."
        : !_check.Questions.IsEmpty && health is null ? $"{_check.Unit} ended while its health was asked."
        : Stranger(status) is { } stranger ? $"Port {stranger.Port} is held by process {stranger.ProcessId} ({stranger.Command}), which is not of {_check.Unit}."
        : health is { Verdict: not Verdict.Healthy } ? $"{_check.Unit} did not answer healthy: {string.Join("; ", health.Probes.Where(probe => probe.Verdict != Verdict.Healthy))}."
        : "";

    /// <summary>Whether the process that was started is gone, even if its manager has started another one since.</summary>
    private static bool HasEnded(UnitStatus begun, UnitStatus now) =>
        now.Activity is UnitActivity.Failed or UnitActivity.Inactive
        || (begun.MainProcessId is { } first && now.MainProcessId != first);

    /// <summary>Someone else who listens on the service's port and so answers in its place. The processes of another machine cannot be looked up here.</summary>
    private PortHolder? Stranger(UnitStatus status)
    {
        if (_check.Questions.IsEmpty || status.MainProcessId is not { } main || ProcessCommandLine.IsElsewhere(_context.Root))
            return null;

        var holders = PortHolders.Of(_check.Port).Where(holder => holder.ProcessId is not null).ToList();
        return holders.Any(holder => ProcessStatus.IsOfFamily(holder.ProcessId!.Value, main)) ? null : holders.FirstOrDefault();
    }

    private static DeploymentContext WithKey(DeploymentContext context, string? variable)
    {
        if (variable is null)
            return context;

        var deployment = context.Deployment with
        {
            Secrets = [.. context.Deployment.Secrets, new Secret(EntryPointCheck.CallersKey, variable, null)],
        };
        return context with { Deployment = deployment, Secrets = context.Secrets.For(deployment) };
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

    /// <summary>Whether the unit is active with exactly this program and these arguments, healthy or not.</summary>
    internal bool IsRunning { get; init; }
}
