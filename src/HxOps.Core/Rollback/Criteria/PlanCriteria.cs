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
}
