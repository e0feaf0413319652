using System.Collections.Immutable;
using HxOps.Errors;
using HxOps.Formats;
using HxOps.Rollback.Plans;
using HxOps.Rollback.Plans.Reading;

namespace HxOps.Rollback.Switches;

/// <summary>Where a feature flag is set and read.</summary>
/// <param name="Flag">Its name.</param>
/// <param name="Url">Its endpoint: set by PUT, read by GET.</param>
/// <param name="Secret">Name of the secret sent as a bearer token, or null.</param>
public sealed record FlagAddress(string Flag, Uri Url, string? Secret);

/// <summary>Where a kill switch is thrown and read.</summary>
/// <param name="Url">Where it is thrown.</param>
/// <param name="Health">Where it is read back.</param>
/// <param name="Secret">Name of the secret sent as a bearer token, or null.</param>
public sealed record KillSwitchAddress(Uri Url, Uri Health, string? Secret)
{
    /// <summary>A kill switch by its address.</summary>
    /// <param name="url">Where it is thrown.</param>
    /// <param name="health">Where it is read back; <c>/healthz</c> of the same service unless given.</param>
    public static KillSwitchAddress At(Uri url, Uri? health) => new(url, health ?? new Uri(url, "/healthz"), null);
}

/// <summary>Finds the switches that a plan names.</summary>
public static class PlanSwitches
{
    /// <summary>The flags that the plan sets or looks at.</summary>
    public static ImmutableArray<FlagAddress> Flags(RollbackPlan plan) =>
    [
        .. Actions(plan).OfType<FeatureFlagAction>().Select(action => new FlagAddress(action.Flag, action.Url, action.Secret))
            .Concat(Conditions(plan).OfType<FeatureFlagCondition>().Select(condition => new FlagAddress(condition.Flag, condition.Url, condition.Secret)))
            .DistinctBy(flag => flag.Flag),
    ];

    /// <summary>The kill switches that the plan throws.</summary>
    public static ImmutableArray<KillSwitchAddress> KillSwitches(RollbackPlan plan) =>
        [.. Actions(plan).OfType<KillSwitchAction>().Select(action => new KillSwitchAddress(action.Url, action.Health, action.Secret)).DistinctBy(address => address.Url)];

    /// <summary>A flag of the plan.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="name">Its name; null means the only one.</param>
    /// <exception cref="HxException">SwitchNotFound with the nearest name.</exception>
    public static FlagAddress Flag(RollbackPlan plan, string? name)
    {
        var flags = Flags(plan);
        var found = name is null && flags.Length == 1 ? flags[0] : flags.FirstOrDefault(flag => flag.Flag == name);
        return found ?? throw new HxException(SwitchErrors.NotFound, name ?? plan.Name, name is null
            ? $"The plan {plan.Name} has {flags.Length} flags; name one."
            : $"The plan {plan.Name} has no flag '{name}'{NearestName.Hint(name, flags.Select(flag => flag.Flag))}.");
    }

    /// <summary>The plan's kill switch.</summary>
    /// <exception cref="HxException">SwitchNotFound when there is none or more than one.</exception>
    public static KillSwitchAddress KillSwitch(RollbackPlan plan) => KillSwitches(plan) is [var only]
        ? only
        : throw new HxException(SwitchErrors.NotFound, plan.Name, $"The plan {plan.Name} has {KillSwitches(plan).Length} kill switches; give the address of one.");

    private static IEnumerable<PlanAction> Actions(RollbackPlan plan) => plan.Scenarios.SelectMany(scenario => scenario.Steps).SelectMany(PlanReferences.Actions);

    private static IEnumerable<PlanCondition> Conditions(RollbackPlan plan) => plan.Scenarios
        .SelectMany(scenario => scenario.Steps.SelectMany(step => step.Observe.Concat(step.When).Concat(step.Alternative?.Observe ?? [])).Concat(scenario.Success));
}
