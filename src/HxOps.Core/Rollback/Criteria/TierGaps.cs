using System.Collections.Immutable;

namespace HxOps.Rollback.Criteria;

/// <summary>
/// Finds the places between the tiers. A number that one tier calls bad above a limit and another harmless below a smaller
/// one is judged by nobody in between; so is a number beyond its limit while the flag that must be true besides is unknown.
/// </summary>
internal static class TierGaps
{
    public static ImmutableArray<string> Find(ImmutableArray<RuleAnswer> answers, RollbackSignals signals)
    {
        var gaps = ImmutableArray.CreateBuilder<string>();
        foreach (var rules in answers.GroupBy(answer => answer.Rule.Signal))
        {
            if (RuleJudge.Value(rules.Key, signals) is not { } value || rules.Any(answer => answer.Holds == true))
            {
                continue;
            }

            // A flag that is missing explains more than two limits do.
            var half = rules.FirstOrDefault(answer => RuleJudge.Measured(answer.Rule, signals) == true);
            if (half is not null && (half.Holds is null || IsBetween(rules)))
            {
                gaps.Add($"{RuleJudge.Finding(half.Rule, signals)}, but {half.Rule.While} is {(half.Holds is null ? "not known" : "false")}: no tier covers that.");
            }
            else if (half is null && IsBetween(rules))
            {
                gaps.Add($"{rules.Key} {SignalCatalog.Text(value)} falls in the gap from {Limit(rules, Comparison.Below)} to {Limit(rules, Comparison.Above)}: no tier covers that.");
            }
        }

        return gaps.ToImmutable();
    }

    public static string NothingMatches(RollbackSignals signals) =>
        $"No tier covers what is known: {string.Join(", ", SignalCatalog.All.Where(signal => signal.Read(signals) is not null).Select(signal => Fact(signal, signals)))}.";

    private static string Fact(SignalDefinition signal, RollbackSignals signals)
    {
        var value = signal.Read(signals)!.Value;
        return signal.IsFlag ? $"{signal.Name} is {(value > 0 ? "true" : "false")}" : $"{signal.Name} is {SignalCatalog.Text(value)}";
    }

    private static bool IsBetween(IEnumerable<RuleAnswer> rules) =>
        rules.Any(answer => answer.Rule.Comparison == Comparison.Below) && rules.Any(answer => answer.Rule.Comparison == Comparison.Above);

    private static string Limit(IEnumerable<RuleAnswer> rules, Comparison comparison)
    {
        var limits = rules.Where(answer => answer.Rule.Comparison == comparison).Select(answer => answer.Rule.Limit);
        return SignalCatalog.Text(comparison == Comparison.Below ? limits.Max() : limits.Min());
    }
}
