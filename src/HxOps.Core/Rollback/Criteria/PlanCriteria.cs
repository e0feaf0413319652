using HxOps.Errors;
using HxOps.Rollback.Plans;

namespace HxOps.Rollback.Criteria;

/// <summary>Decides by the criteria of a plan.</summary>
public static class PlanCriteria
{
    /// <summary>The decision of the plan's criteria.</summary>
    /// <exception cref="HxException">CriteriaMissing, SignalsInvalid.</exception>
    public static RollbackDecision Decide(this RollbackPlan plan, RollbackSignals signals) => plan.Criteria is { } criteria
        ? new CriteriaEvaluator(criteria).Decide(signals)
        : throw new HxException(CriteriaErrors.NoCriteria, plan.Name, $"The plan {plan.Name} does not say when to roll back.");

    /// <summary>Throws unless the decision calls for a rollback by itself. What has to be weighed is a person's to decide.</summary>
    /// <exception cref="HxException">RollbackNotCalledFor.</exception>
    public static void Demand(this RollbackDecision decision)
    {
        if (decision.Decision is not (Decision.Immediate or Decision.WithinTheHour))
        {
            throw new HxException(CriteriaErrors.NotCalledFor, decision.Decision.ToString(),
                $"The decision {decision.Decision} calls for no rollback. {string.Join(" ", decision.Reasons)}");
        }
    }
}
