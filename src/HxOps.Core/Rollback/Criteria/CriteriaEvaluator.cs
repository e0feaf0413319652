using System.Collections.Immutable;

namespace HxOps.Rollback.Criteria;

/// <summary>Measures signals against criteria. The same signals always give the same decision.</summary>
public sealed class CriteriaEvaluator(RollbackCriteria criteria)
{
    private readonly ImmutableArray<CriteriaTier> _tiers = [.. criteria.Tiers.OrderBy(tier => tier.Decision)];

    /// <summary>The decision, with its reasons and its path through the decision tree.</summary>
    /// <exception cref="Errors.HxException">SignalsInvalid for a number that cannot have been measured.</exception>
    public RollbackDecision Decide(RollbackSignals signals)
    {
        SignalCatalog.RefuseNonsense(signals, "signals");
        var answers = _tiers
            .SelectMany(tier => tier.Rules.Select(rule => new RuleAnswer(tier, rule, RuleJudge.Judge(rule, signals))))
            .ToImmutableArray();
        var (decision, reasons) = Weigh(answers, signals);
        return new RollbackDecision
        {
            Decision = decision,
            DeadlineMinutes = (int?)_tiers.FirstOrDefault(tier => tier.Decision == decision)?.Deadline?.TotalMinutes,
            Reasons = reasons,
            Path = DecisionPath.Through(criteria.Tree, answers, decision),
        };
    }

    // An unjudged signal outweighs "fix forward": that would call harmless what no tier calls harmless.
    private static (Decision Decision, ImmutableArray<string> Reasons) Weigh(ImmutableArray<RuleAnswer> answers, RollbackSignals signals)
    {
        if (SignalCatalog.All.All(signal => signal.Read(signals) is null))
        {
            return (Decision.Inconclusive, ["No signal is known."]);
        }

        var matches = answers.Where(answer => answer.Holds == true).ToList();
        ImmutableArray<string> reasons = [.. matches.Select(match => RuleJudge.Explain(match.Rule, signals))];
        if (matches.Count > 0 && matches[0].Tier.Decision < Decision.Undefined)
        {
            return (matches[0].Tier.Decision, reasons);
        }

        var gaps = TierGaps.Find(answers, signals);
        if (gaps.IsEmpty && matches.Count > 0)
        {
            return (matches[0].Tier.Decision, reasons);
        }

        return (Decision.Undefined, gaps.IsEmpty ? [TierGaps.NothingMatches(signals)] : [.. gaps, .. reasons]);
    }
}

/// <summary>A rule and whether it holds; null when its signals are not known.</summary>
internal sealed record RuleAnswer(CriteriaTier Tier, CriteriaRule Rule, bool? Holds);
