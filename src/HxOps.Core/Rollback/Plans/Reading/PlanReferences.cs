using System.Collections.Immutable;
using HxOps.Formats;

namespace HxOps.Rollback.Plans.Reading;

/// <summary>Finds what a plan refers to and does not have.</summary>
internal static class PlanReferences
{
    public static ImmutableArray<string> Problems(RollbackPlan plan)
    {
        var roles = plan.Contacts.Select(contact => contact.Role).ToList();
        var texts = plan.Announcements.Select(text => text.Name).ToList();
        var steps = plan.Scenarios.SelectMany(scenario => scenario.Steps).ToList();
        return
        [
            .. Scenarios(plan),
            .. Missing("contact", plan.Escalation.SelectMany(level => level.Contacts), roles),
            .. plan.Scenarios.SelectMany(Reconciliations),
            .. Missing("step", plan.Checklist.SelectMany(check => check.Proofs).SelectMany(steps => steps), [.. steps.Select(step => step.Name)]),
            .. Missing("announcement", steps.SelectMany(Actions).OfType<AnnouncementAction>().Select(action => action.Announcement), texts),
        ];
    }

    /// <summary>Every action of a step, whichever way it takes.</summary>
    public static IEnumerable<PlanAction> Actions(PlanStep step) =>
        new[] { step.Action, step.Alternative?.Action, step.Undo }.OfType<PlanAction>();

    private static IEnumerable<string> Scenarios(RollbackPlan plan) => plan.Scenarios.IsEmpty
        ? ["the plan has no scenario"]
        : plan.Scenarios.Where(scenario => scenario.Budget > plan.Budget).Select(scenario => $"the scenario '{scenario.Name}' has a greater budget than the plan");

    private static IEnumerable<string> Reconciliations(PlanScenario scenario) => Missing(
        $"database script in the scenario '{scenario.Name}' called",
        scenario.Steps.SelectMany(Actions).OfType<DatabaseReconcileAction>().Select(action => action.Since),
        [.. scenario.Steps.Where(step => step.Action is DatabaseScriptAction).Select(step => step.Name)]);

    private static IEnumerable<string> Missing(string noun, IEnumerable<string> wanted, List<string> known) =>
        wanted.Except(known).Select(name => $"there is no {noun} '{name}'{NearestName.Hint(name, known)}");
}
