using System.Collections.Immutable;
using HxOps.Rollback.Checking;
using HxOps.Rollback.Plans;

namespace HxOps.Cli.Output;

/// <summary>How rollback plans look.</summary>
internal static class PlanViews
{
    public static void List(Page page, ImmutableArray<PlanSummary> plans)
    {
        if (plans.IsEmpty)
        {
            page.Line("There are no plans.");
            return;
        }

        foreach (var plan in plans)
        {
            page.Sentence($"{plan.Id}: {plan.Description} (target {Amounts.Of(plan.Target)})", indent: 2);
            page.Sentence($"- {string.Join(", ", plan.Scenarios.Select(scenario => scenario.Id))}", indent: 2);
        }
    }

    public static void Plan(Page page, PlanSummary plan)
    {
        page.Facts(
            ("Plan", plan.Id),
            ("Description", plan.Description),
            ("Owner", plan.Owner),
            ("Version", plan.Version),
            ("Review", plan.Review),
            ("Criteria", plan.HasCriteria ? "yes" : "no"),
            ("File", plan.Source));
        foreach (var contact in plan.Contacts)
            page.Sentence($"{contact.Role}: {contact.Reach}", indent: 2);
        foreach (var (name, value) in plan.Values)
            page.Sentence($"{name} = {value}", indent: 2);
        foreach (var scenario in plan.Scenarios)
        {
            page.Line();
            Lines(page, scenario.Lines);
        }
    }

    /// <summary>What would be done, line by line.</summary>
    public static void Lines(Page page, ImmutableArray<string> lines)
    {
        foreach (var line in lines)
            page.Sentence(line, indent: 4 + line.Length - line.TrimStart().Length);
    }

    public static void Report(Page page, PlanReport report)
    {
        foreach (var line in report.Describe())
            page.Sentence(line, indent: 3);
    }
}
