using System.Collections.Immutable;
using System.CommandLine;
using HxOps.Rollback.Plans;

namespace HxOps.Cli.Commands.Plans;

/// <summary>Arguments that choose a plan, a scenario and values, with completion from the shipped plans.</summary>
internal static class PlanArguments
{
    public static Argument<string> Required(CommandHost host)
    {
        var argument = new Argument<string>("PLAN") { HelpName = "PLAN", Description = "A plan file, or the name of a shipped plan." };
        argument.CompletionSources.Add(_ => host.Deployments.Plans().Names);
        return argument;
    }

    public static Option<string> Plan(CommandHost host, string fallback)
    {
        var option = new Option<string>("--plan") { HelpName = "PLAN", Description = $"A plan file, or the name of a shipped plan. Default: {fallback}.", DefaultValueFactory = _ => fallback };
        option.CompletionSources.Add(_ => host.Deployments.Plans().Names);
        return option;
    }

    /// <param name="host">Knows the plans.</param>
    /// <param name="plan">The argument that chooses the plan.</param>
    /// <param name="description">What the scenario is chosen for.</param>
    public static Option<string?> Scenario(CommandHost host, Argument<string> plan, string description)
    {
        var option = new Option<string?>("--scenario") { HelpName = "NAME", Description = description };
        option.CompletionSources.Add(Completion.Quietly(line => line.ParseResult.GetResult(plan)?.Tokens is [var chosen]
            ? host.Deployments.Plans().Read(chosen.Value).Scenarios.Select(scenario => scenario.Name)
            : []));
        return option;
    }

    public static Option<string[]> Values()
    {
        var option = new Option<string[]>("--set") { HelpName = "NAME=VALUE", Description = "Set a value of the plan; no place for secrets. May be repeated." };
        option.Validators.Add(result =>
        {
            if (result.Tokens.FirstOrDefault(token => token.Value.IndexOf('=', StringComparison.Ordinal) <= 0) is { } wrong)
                result.AddError($"--set wants NAME=VALUE, not '{wrong.Value}'.");
        });
        return option;
    }

    /// <summary>The plan that was chosen, with the values that were set; the last one of a name counts.</summary>
    public static RollbackPlan ReadPlan(this Call call, string nameOrPath, Option<string[]> values) =>
        call.Deployments.Plans().Read(nameOrPath, (call.Get(values) ?? [])
            .Select(pair => pair.Split('=', 2))
            .Aggregate(ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal), (set, pair) => set.SetItem(pair[0], pair[1])));
}
