using HxOps.Gateway;
using HxOps.Reporting;

namespace HxOps.Restoring;

/// <summary>Asks the gate after a restore, with time for the gateway to come up.</summary>
internal sealed class RestoreGate(DeploymentContext context, RestoreOptions options)
{
    /// <summary>What the gate found; null when the caller did not want it asked.</summary>
    internal async Task<GateReport?> AskAsync(RestoreTimeline timeline, IProgress<HxEvent> events, CancellationToken cancellation)
    {
        if (options.Switches.HasFlag(RestoreSwitches.NoGate))
            return null;

        // Without a required probe there is nothing that waiting could turn into a verdict.
        var wait = context.Deployment.Probes.Any(probe => probe.Importance == Importance.Required) ? options.GateWait : TimeSpan.Zero;
        var request = new GateRequest { Profile = GateProfile.Full, Wait = wait };
        return await timeline.RunAsync("test the gateway", () => new GateRunner(context).RunAsync(request, events, cancellation));
    }

    /// <summary>Why the gate did not pass, in one sentence; null when it did or was not asked.</summary>
    internal static string? Objection(GateReport? gate)
    {
        if (gate is null or { Verdict: Verdict.Healthy })
            return null;

        var probe = gate.Probes.FirstOrDefault(probe => probe.Importance == Importance.Required && probe.Verdict != Verdict.Healthy);
        return probe is null ? "The gate had no required probe to judge by." : $"The gate is {gate.Verdict.ToString().ToLowerInvariant()}: {probe.Id}: {probe.Finding}.";
    }

    /// <summary>Whether there was nothing to judge by, so that the gate speaks neither for nor against the restore.</summary>
    internal static bool IsSilent(GateReport? gate) => gate is not null && gate.Probes.All(probe => probe.Importance != Importance.Required);
}
