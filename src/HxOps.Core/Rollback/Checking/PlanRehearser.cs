using System.Collections.Immutable;
using HxOps.Reporting;
using HxOps.Rollback.Plans;
using HxOps.Rollback.Running;

namespace HxOps.Rollback.Checking;

/// <summary>
/// Rehearses plans in a sandbox: the real runner, journal and files (copies of this machine's, below a private folder), real requests to a
/// stand-in site. Each scenario runs twice: to its end, and once more with a failure behind its last step, after which every file must be as
/// it was. Programs, containers and databases are left out and named.
/// </summary>
public sealed class PlanRehearser(DeploymentContext context)
{
    private const string Account = "rehearsal";

    /// <summary>Rehearses a scenario, or all of them.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="scenario">Name of the scenario; null or empty means all.</param>
    /// <param name="events">Steps and warnings.</param>
    /// <param name="cancellation">Stops the rehearsal; the sandbox is removed.</param>
    /// <exception cref="Errors.HxException">ScenarioNotFound.</exception>
    public async Task<ImmutableArray<RehearsalResult>> RehearseAsync(RollbackPlan plan, string? scenario, IProgress<HxEvent> events, CancellationToken cancellation)
    {
        var results = ImmutableArray.CreateBuilder<RehearsalResult>();
        foreach (var chosen in string.IsNullOrEmpty(scenario) ? plan.Scenarios : [plan.Scenario(scenario)])
        {
            results.Add(await RehearseAsync(plan, chosen, events, cancellation));
        }

        return results.ToImmutable();
    }

    private async Task<RehearsalResult> RehearseAsync(RollbackPlan plan, PlanScenario scenario, IProgress<HxEvent> events, CancellationToken cancellation)
    {
        var begun = context.Clock.GetTimestamp();
        using var site = new RehearsalSite();
        var rehearsed = new RehearsedPlan(site);
        using var ground = new RehearsalGround(context, plan, scenario, rehearsed.Note);
        var forward = await RunAsync(ground, plan, rehearsed.Of(scenario), events, cancellation);

        using var otherSite = new RehearsalSite();
        using var otherGround = new RehearsalGround(context, plan, scenario, _ => { });
        var before = otherGround.Snapshot();
        var back = await RunAsync(otherGround, plan, WithFailure(new RehearsedPlan(otherSite).Of(scenario)), events, cancellation);
        var after = otherGround.Snapshot();
        ImmutableArray<string> changed = [.. before.Keys.Union(after.Keys).Where(path => before.GetValueOrDefault(path) != after.GetValueOrDefault(path)).Order(StringComparer.Ordinal)];
        var passed = forward.Outcome == RunOutcome.Succeeded && back.Outcome == RunOutcome.RolledBack && changed.IsEmpty;
        return new RehearsalResult(scenario.Name, passed, forward.Outcome, back.Outcome, changed, rehearsed.StandIns, forward.Steps, context.Clock.GetElapsedTime(begun));
    }

    // What a step does when it fails is not what is rehearsed here: all of them are taken back. That nothing takes back what was sent to a
    // site is said by the inspector; here it would hide what became of the files.
    private static PlanScenario WithFailure(PlanScenario scenario) => scenario with
    {
        Steps = scenario.Steps.Select(step => step.Action is HttpAction or FeatureFlagAction ? step with { Undo = step.Undo ?? new WaitAction() } : step).ToImmutableArray().Add(new PlanStep
        {
            Name = "a-failure-at-the-end",
            Action = new CommandAction(new CommandLine("false", [], "/", "")) { IsReadOnly = true },
            Budget = TimeSpan.FromSeconds(10),
        }),
    };

    private static Task<RunResult> RunAsync(RehearsalGround ground, RollbackPlan plan, PlanScenario scenario, IProgress<HxEvent> events, CancellationToken cancellation) =>
        new PlanRunner(ground.Context, new AgreedBeforehand(Account)).RunAsync(plan with { Scenarios = [scenario] }, scenario.Name, new Quiet(events), cancellation);

    // A failure that is part of the rehearsal is nothing to warn of.
    private sealed class Quiet(IProgress<HxEvent> events) : IProgress<HxEvent>
    {
        public void Report(HxEvent value)
        {
            if (value is WarningEvent warning)
            {
                events.Report(new DetailEvent(warning.Message));
            }
            else
            {
                events.Report(value);
            }
        }
    }
}
