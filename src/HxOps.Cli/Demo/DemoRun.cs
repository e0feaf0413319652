using HxOps.Checkpoints;
using HxOps.Checkpoints.Proving;
using HxOps.Checkpoints.Taking;
using HxOps.Cli.Demo.Practice;
using HxOps.Cli.Output;
using HxOps.Errors;
using HxOps.Files;
using HxOps.Files.Locking;
using HxOps.Gateway;
using HxOps.Reporting;
using HxOps.Restoring;
using HxOps.Restoring.Planning;

namespace HxOps.Cli.Demo;

/// <summary>
/// Plays the main job once, for real, in a throw-away root: checkpoint, break, restore, undo, redo. Every step must come out as it
/// should; whatever happens, services and files are gone at the end.
/// </summary>
/// <param name="open">Opens the deployment below a root.</param>
/// <param name="tale">Where it is told.</param>
/// <param name="events">Progress and warnings of the operations themselves.</param>
internal sealed class DemoRun(Func<HostRoot, DeploymentContext> open, DemoTale tale, IProgress<HxEvent> events)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>Plays it.</summary>
    /// <exception cref="HxException">DemoStepFailed when a step came out otherwise, or whatever the step itself failed with.</exception>
    public async Task<DemoReport> RunAsync(CancellationToken cancellation)
    {
        var folder = TemporaryFolder.Make("hxops-demo-");
        try
        {
            tale.Say($"A practice HX API gateway below {folder}");
            var practice = await tale.StepAsync("Start the gateway", () => PracticeDeployment.CreateAsync(folder, cancellation),
                _ => $"{Amounts.Count(PracticeServices.All.Length, "service")} on loopback, run from their unit files");
            try
            {
                await PlayAsync(practice, open(practice.Root), cancellation);
            }
            finally
            {
                await tale.StepAsync("Clean up", () => EndAsync(practice), _ => "services stopped, folder removed");
            }
        }
        finally
        {
            if (Directory.Exists(folder))
                Directory.Delete(folder, recursive: true);
        }

        return tale.End(folder);
    }

    private async Task PlayAsync(PracticeDeployment practice, DeploymentContext context, CancellationToken cancellation)
    {
        await ExpectHealthyAsync("Test the gateway", context, cancellation);
        var checkpoint = await TakeCheckpointAsync(context, cancellation);
        var config = practice.Read(PracticePaths.LiteLlmConfig);

        await BreakAsync(practice, cancellation);
        await ExpectUnhealthyAsync("Test the broken gateway", context, cancellation);

        var restore = await RestoreAsync("Restore the checkpoint", context,
            planner => planner.PlanAsync(checkpoint, RestoreOptions.Default, events, cancellation), cancellation);
        Expect(practice.Read(PracticePaths.LiteLlmConfig) == config, "Restore the checkpoint", "config.yaml is not what it was");
        await ExpectHealthyAsync("Test the restored gateway", context, cancellation);

        // The state to return to is the broken one, so the gate is not asked to guard the way there.
        var noGate = RestoreOptions.Default with { Switches = RestoreSwitches.NoGate };
        await RestoreAsync("Undo the restore", context, planner => planner.PlanUndoAsync(restore.Id, noGate, events, cancellation), cancellation);
        await ExpectUnhealthyAsync("Test the gateway, broken again", context, cancellation);

        await RestoreAsync("Redo the restore", context,
            planner => planner.PlanAsync(checkpoint, RestoreOptions.Default, events, cancellation), cancellation);
        await ExpectHealthyAsync("Test the gateway at the end", context, cancellation);
    }

    private async Task<CheckpointInfo> TakeCheckpointAsync(DeploymentContext context, CancellationToken cancellation)
    {
        var checkpoint = await tale.StepAsync("Take a checkpoint", () => WriteAsync(context, cancellation),
            info => $"{info.Id}, {Amounts.Count(info.Files, "file")}, {Amounts.Bytes(info.SizeBytes)}");
        var verified = await tale.StepAsync("Verify it", () => new CheckpointReader(context).VerifyAsync(checkpoint, events, cancellation),
            _ => "every checksum is right; it holds");
        foreach (var line in DemoContents.Lines(CheckpointDetails.Of(verified)))
            tale.Note(line, DemoContents.NameWidth);

        return checkpoint;
    }

    private async Task<CheckpointInfo> WriteAsync(DeploymentContext context, CancellationToken cancellation)
    {
        using var lease = DeploymentLock.Acquire(context.StateFolder, "the demo takes a checkpoint");
        return await new CheckpointWriter(context).WriteAsync(new CheckpointRequest(CheckpointKind.Checkpoint, "taken by the demo"), lease, events, cancellation);
    }

    private async Task BreakAsync(PracticeDeployment practice, CancellationToken cancellation)
    {
        var damage = await tale.StepAsync("Break configuration, script and unit", async () =>
        {
            var done = new PracticeSabotage(practice).Break();
            await practice.Services.RestartGatewayAsync(cancellation);
            return done;
        }, done => $"{Amounts.Count(done.Count, "change")}, gateway restarted");
        foreach (var line in damage)
            tale.Note(line);
    }

    private Task<RestoreResult> RestoreAsync(string step, DeploymentContext context,
        Func<RestorePlanner, Task<RestorePlan>> plan, CancellationToken cancellation) =>
        tale.StepAsync(step, async () =>
        {
            var result = await new RestoreRunner(context).RunAsync(await plan(new RestorePlanner(context)), events, cancellation);
            Expect(result.Outcome == RestoreOutcome.Restored, step, $"the outcome is {result.Outcome}");
            return result;
        }, result => $"{Amounts.Count(result.Changed, "path")} changed, {result.Unchanged} as they were");

    private async Task ExpectHealthyAsync(string step, DeploymentContext context, CancellationToken cancellation)
    {
        var report = await tale.StepAsync(step, async () =>
        {
            // The verdict does not hang on the wrapper, so a gate that waits would not wait for it.
            await WaitForAsync("wrapper-health", context, cancellation);
            return await AskAsync(context, new GateRequest { Wait = Patience }, cancellation);
        }, Summary);
        NoteTrouble(report);
        Expect(report.Verdict == Verdict.Healthy, step, $"the gate says {report.Verdict}");
    }

    private async Task ExpectUnhealthyAsync(string step, DeploymentContext context, CancellationToken cancellation)
    {
        var report = await tale.StepAsync(step, async () =>
        {
            // Only a gateway that is up can be seen to be broken.
            await WaitForAsync("liveliness", context, cancellation);
            return await AskAsync(context, GateRequest.Once, cancellation);
        }, Summary);
        NoteTrouble(report);
        Expect(report.Verdict == Verdict.Unhealthy, step, $"the gate says {report.Verdict}");
    }

    private Task<GateReport> WaitForAsync(string probe, DeploymentContext context, CancellationToken cancellation) =>
        AskAsync(context, new GateRequest { Wait = Patience, Probes = [probe] }, cancellation);

    private Task<GateReport> AskAsync(DeploymentContext context, GateRequest request, CancellationToken cancellation) =>
        new GateRunner(context).RunAsync(request, events, cancellation);

    private void NoteTrouble(GateReport report)
    {
        foreach (var probe in report.Probes.Where(probe => probe.Verdict != Verdict.Healthy))
            tale.Note($"{probe.Id}: {probe.Finding}");
    }

    private static string Summary(GateReport report) =>
        $"{report.Verdict.ToString().ToUpperInvariant()}, {report.Probes.Count(probe => probe.Verdict == Verdict.Healthy)} of {Amounts.Count(report.Probes.Length, "probe")} healthy";

    private static async Task<PracticeDeployment> EndAsync(PracticeDeployment practice)
    {
        await practice.EndAsync();
        Expect(!Directory.Exists(practice.Root.Folder), "Clean up", $"'{practice.Root.Folder}' is still there");
        return practice;
    }

    private static void Expect(bool condition, string step, string otherwise)
    {
        if (!condition)
            throw new HxException(DemoErrors.Unexpected, step, $"The step '{step}' came out otherwise than it must: {otherwise}.");
    }
}
